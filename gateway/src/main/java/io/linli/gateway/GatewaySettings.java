package io.linli.gateway;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What the gateway can be told from outside, under `linli.gateway.*`; the routes stand in `gateway.yml`.
///
/// @param upstreams the services whose readiness and contracts are shown
/// @param trustedProxies networks (`10.0.0.0/8`) of the proxies in front, whose `X-Forwarded-For` is believed
/// @param callerLimit requests of one token's subject
/// @param addressLimit requests without a valid token of one client address, which many phones may share
/// @param limitedMax callers and addresses remembered at once; the longest unused are forgotten first
/// @param healthTimeoutMillis how long one service may take to say that it is ready
/// @param retryAfterSeconds when to come back after a service did not answer
@Validated
@ConfigurationProperties("linli.gateway")
public record GatewaySettings(
        @NotEmpty List<@Valid Upstream> upstreams,
        @DefaultValue List<String> trustedProxies,
        @NotNull @Valid Limit callerLimit,
        @NotNull @Valid Limit addressLimit,
        @Min(1) int limitedMax,
        @Min(1) int healthTimeoutMillis,
        @Min(1) int retryAfterSeconds) {

    /// @param name kebab-case; also the name of its breaker and contract
    public record Upstream(@NotBlank String name, @NotNull URI url) {}

    /// A bucket of `burst` requests, refilled with `perSecond`.
    public record Limit(@Min(1) int perSecond, @Min(1) int burst) {}
}
