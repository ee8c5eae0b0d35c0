package io.linli.partner.payment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.linli.partner.PartnerSettings;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/// The REST API of a payment provider, as the tag `Sandbox payments` of our contract describes it.
///
/// *Errors:* none; late, refused and broken answers are results. Failures count on the breaker `payments`, refusals
/// do not.
@Component
class PaymentProvider {
    private static final Logger log = LoggerFactory.getLogger(PaymentProvider.class);
    private static final String NO_ANSWER = "the payment provider gave no usable answer";
    private static final int TEXT_MAX = 500;

    private final WebClient http;
    private final CircuitBreaker breaker;
    private final Duration timeout;

    PaymentProvider(WebClient.Builder http, CircuitBreakerRegistry breakers, PartnerSettings settings) {
        var payments = settings.payments();
        this.timeout = Duration.ofMillis(payments.timeoutMillis());
        this.breaker = breakers.circuitBreaker("payments");
        this.http = http.baseUrl(payments.url().toString())
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, payments.timeoutMillis())
                        .responseTimeout(timeout)))
                .build();
    }

    private record Asked(UUID reference, String title, long amountFen, Instant expiresAt) {}

    private record AskedRefund(UUID reference, long amountFen) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Standing(
            @Nullable String prepayId,
            @Nullable String payUrl,
            @Nullable List<Notice> notices) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record RefundStanding(@Nullable Instant refundedAt) {}

    /// Orders a prepayment; asked again for the same charge the provider answers with the same prepayment.
    Mono<ProviderAnswer> requestPrepayment(Charge charge) {
        return http.post()
                .uri("/prepayments")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(new Asked(charge.id(), charge.title(), charge.amountFen(), charge.payBy()))
                .exchangeToMono(PaymentProvider::toPrepared)
                .as(this::guarded);
    }

    /// Asks for money to go back; asked again for the same refund the provider answers how that stands.
    Mono<ProviderAnswer> requestRefund(PaymentRefunds.Refund refund) {
        return http.post()
                .uri("/prepayments/{payment}/refunds", refund.payment())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(new AskedRefund(refund.id(), refund.amountFen()))
                .exchangeToMono(PaymentProvider::toRefund)
                .as(this::guarded);
    }

    /// All the provider has to say about a payment, which is no notice when it does not know it: that is no sign of an
    /// outage and does not count against the breaker. Empty when it does not answer.
    Mono<List<Notice>> requestNotices(UUID payment) {
        return http.get()
                .uri("/prepayments/{payment}", payment)
                .retrieve()
                .bodyToMono(Standing.class)
                .map(standing -> standing.notices() == null ? List.<Notice>of() : standing.notices())
                .onErrorResume(WebClientResponseException.NotFound.class, _ -> Mono.just(List.of()))
                .timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorResume(failure -> {
                    log.warn("{} about {}: {}", NO_ANSWER, payment, failure.toString());
                    return Mono.empty();
                });
    }

    /// Members read the problem, so what went wrong in our own words is for the log only.
    private Mono<ProviderAnswer> guarded(Mono<ProviderAnswer> call) {
        return call.timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorResume(failure -> {
                    log.warn("{}: {}", NO_ANSWER, failure.toString());
                    return Mono.just(new ProviderAnswer.Unavailable(NO_ANSWER));
                });
    }

    private static Mono<ProviderAnswer> toPrepared(ClientResponse response) {
        return refused(response)
                .switchIfEmpty(response.bodyToMono(Standing.class)
                        .filter(standing -> isText(standing.prepayId()) && isText(standing.payUrl()))
                        .<ProviderAnswer>map(standing -> new ProviderAnswer.Prepared(
                                String.valueOf(standing.prepayId()), String.valueOf(standing.payUrl())))
                        .switchIfEmpty(Mono.error(() -> new IllegalStateException("an answer without a prepayment"))));
    }

    private static Mono<ProviderAnswer> toRefund(ClientResponse response) {
        return refused(response)
                .switchIfEmpty(response.bodyToMono(RefundStanding.class)
                        .<ProviderAnswer>map(standing -> standing.refundedAt() == null
                                ? new ProviderAnswer.Taken()
                                : new ProviderAnswer.Refunded(standing.refundedAt()))
                        .switchIfEmpty(Mono.error(() -> new IllegalStateException("an empty answer"))));
    }

    /// Empty when the answer is a good one.
    private static Mono<ProviderAnswer> refused(ClientResponse response) {
        var status = response.statusCode();
        if (status.is2xxSuccessful()) {
            return Mono.empty();
        }
        return isRefusal(status)
                ? response.releaseBody()
                        .thenReturn(new ProviderAnswer.Refused("the payment provider answered " + status.value()))
                : response.createError();
    }

    private static boolean isRefusal(HttpStatusCode status) {
        return status.isSameCodeAs(HttpStatus.BAD_REQUEST)
                || status.isSameCodeAs(HttpStatus.CONFLICT)
                || status.isSameCodeAs(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private static boolean isText(@Nullable String text) {
        return text != null && !text.isBlank() && text.length() <= TEXT_MAX;
    }
}
