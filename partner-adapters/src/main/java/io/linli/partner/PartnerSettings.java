package io.linli.partner;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What this service can be told from outside, under `linli.partner.*`.
///
/// @param sandbox whether the simulated partners exist
/// @param sandboxUrl where this very service is reached, so that the simulated partners are used over real HTTP
/// @param courierUrl base URL of the generic courier's REST API
/// @param courierWebhookSecret `whsec_…` with which the generic courier signs
/// @param courierWebhookOldSecret the secret before the last rotation, accepted while it is set
/// @param courierTimeoutMillis limit of one call to the courier
/// @param webhookToleranceSeconds how far a webhook's time may be from ours
/// @param bookingBatch shipments booked per round; `bookingParallel` of them at once
/// @param bookingClaimMillis how long a claimed shipment is ours before another replica may try it
/// @param bookingRetryMinMillis wait after the first failed attempt; doubles up to `bookingRetryMaxMillis`
/// @param bookingPollMillis pause between two rounds of booking
/// @param trackingSilenceMillis how long a courier may be silent before we ask
/// @param trackingPollMillis pause between two rounds of asking
/// @param trackingBatch shipments asked for per round
/// @param wechatUrl base URL of WeChat's API
/// @param sandboxStepMillis how long a simulated shipment stays in one status
/// @param sandboxPollMillis pause between two rounds of the simulated courier
/// @param sandboxBatch shipments moved, and webhooks sent, per round
/// @param sandboxWebhookRetryMillis wait after an unanswered webhook; doubles up to a minute
/// @param sandboxCodeSeconds how long a simulated WeChat code lives
@Validated
@ConfigurationProperties("linli.partner")
public record PartnerSettings(
        @DefaultValue("false") boolean sandbox,
        @NotNull URI sandboxUrl,
        @NotNull URI courierUrl,
        @NotBlank @Pattern(regexp = SECRET) String courierWebhookSecret,
        @Pattern(regexp = "|" + SECRET) @Nullable String courierWebhookOldSecret,
        @DefaultValue("3000") @Min(1) int courierTimeoutMillis,
        @DefaultValue("300") @Min(1) int webhookToleranceSeconds,
        @DefaultValue("20") @Min(1) @Max(1000) int bookingBatch,
        @DefaultValue("4") @Min(1) @Max(64) int bookingParallel,
        @DefaultValue("30000") @Min(1) int bookingClaimMillis,
        @DefaultValue("1000") @Min(1) int bookingRetryMinMillis,
        @DefaultValue("60000") @Min(1) int bookingRetryMaxMillis,
        @DefaultValue("500") @Min(1) int bookingPollMillis,
        @DefaultValue("600000") @Min(1) int trackingSilenceMillis,
        @DefaultValue("5000") @Min(1) int trackingPollMillis,
        @DefaultValue("20") @Min(1) @Max(1000) int trackingBatch,
        @NotNull URI wechatUrl,
        @DefaultValue("wx-sandbox") @NotBlank String wechatAppId,
        @DefaultValue("sandbox") @NotBlank String wechatAppSecret,
        @DefaultValue("3000") @Min(1) int wechatTimeoutMillis,
        @DefaultValue("2000") @Min(1) int sandboxStepMillis,
        @DefaultValue("200") @Min(1) int sandboxPollMillis,
        @DefaultValue("50") @Min(1) @Max(1000) int sandboxBatch,
        @DefaultValue("1000") @Min(1) int sandboxWebhookRetryMillis,
        @DefaultValue("300") @Min(1) int sandboxCodeSeconds,
        @NotNull @Valid Payments payments) {
    private static final String SECRET = "whsec_[A-Za-z0-9+/]{32,}={0,2}";

    /// Prepayments, under `linli.partner.payments.*`.
    ///
    /// @param url base URL of the payment provider's REST API
    /// @param webhookSecret `whsec_…` with which the provider signs its notices
    /// @param webhookOldSecret the secret before the last rotation, accepted while it is set
    /// @param timeoutMillis limit of one call to the provider
    /// @param pollMillis pause between two rounds of preparing, refunding and asking
    /// @param batch payments, or refunds, worked on per round; `parallel` of them at once
    /// @param claimMillis how long a claimed one is ours before another replica may try it
    /// @param retryMinMillis wait after the first failed attempt; doubles up to `retryMaxMillis`
    /// @param silenceMillis how long the provider may be silent before we ask
    /// @param expiredAfterMillis how late notices may be before a payment nobody paid is closed
    /// @param sandboxNoticeCopies how often the simulated provider sends each notice
    /// @param sandboxNoticeDelayMillis how late it sends them
    public record Payments(
            @NotNull URI url,
            @NotBlank @Pattern(regexp = SECRET) String webhookSecret,
            @Pattern(regexp = "|" + SECRET) @Nullable String webhookOldSecret,
            @DefaultValue("3000") @Min(1) int timeoutMillis,
            @DefaultValue("500") @Min(1) int pollMillis,
            @DefaultValue("50") @Min(1) @Max(1000) int batch,
            @DefaultValue("4") @Min(1) @Max(64) int parallel,
            @DefaultValue("30000") @Min(1) int claimMillis,
            @DefaultValue("1000") @Min(1) int retryMinMillis,
            @DefaultValue("60000") @Min(1) int retryMaxMillis,
            @DefaultValue("30000") @Min(1) int silenceMillis,
            @DefaultValue("600000") @Min(1) int expiredAfterMillis,
            @DefaultValue("1") @Min(1) @Max(10) int sandboxNoticeCopies,
            @DefaultValue("0") @Min(0) int sandboxNoticeDelayMillis) {

        /// The wait after so many failed attempts: doubles up to the longest.
        public Duration retryAfter(int attempts) {
            long doubled = (long) retryMinMillis << Math.min(attempts - 1, 20);
            return Duration.ofMillis(Math.min(doubled, retryMaxMillis));
        }
    }
}
