package io.linli.partner.courier;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.linli.partner.PartnerSettings;
import io.netty.channel.ChannelOption;
import java.time.Duration;
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

/// The REST API of a generic courier, as the tag `Sandbox couriers` of our contract describes it.
///
/// *Errors:* none; late, refused and broken answers are results. Failures count on the breaker `courier`, refusals
/// do not.
@Component
class GenericCourier {
    private static final Logger log = LoggerFactory.getLogger(GenericCourier.class);
    private static final String NO_ANSWER = "the courier gave no usable answer";

    private final WebClient http;
    private final CircuitBreaker breaker;
    private final Duration timeout;

    GenericCourier(WebClient.Builder http, CircuitBreakerRegistry breakers, PartnerSettings settings) {
        this.timeout = Duration.ofMillis(settings.courierTimeoutMillis());
        this.breaker = breakers.circuitBreaker("courier");
        this.http = http.baseUrl(settings.courierUrl().toString())
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.courierTimeoutMillis())
                        .responseTimeout(timeout)))
                .build();
    }

    private record Booking(UUID reference, String sender, int pieces, long weightGrams) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Booked(
            @Nullable String waybill, @Nullable List<CourierReport> reports) {}

    /// Books; asked again with the same shipment the courier answers with the same booking.
    Mono<BookingResult> requestBooking(Freight freight) {
        return http.post()
                .uri("/bookings")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(new Booking(freight.id(), freight.sender(), freight.pieces(), freight.weightGrams()))
                .exchangeToMono(GenericCourier::toBooking)
                .timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorResume(failure -> Mono.just(new BookingResult.Unavailable(reason(failure))));
    }

    /// Everything the courier has reported about a waybill. One that it does not know is no sign of an outage, so it
    /// does not count against the breaker.
    Mono<TrackingResult> requestReports(String waybill) {
        return http.get()
                .uri("/bookings/{waybill}", waybill)
                .retrieve()
                .bodyToMono(Booked.class)
                .<TrackingResult>map(
                        booked -> new TrackingResult.Tracked(booked.reports() == null ? List.of() : booked.reports()))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an empty answer")))
                .onErrorResume(
                        WebClientResponseException.NotFound.class,
                        unknown -> Mono.just(new TrackingResult.Unavailable(reason(unknown))))
                .timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorResume(failure -> Mono.just(new TrackingResult.Unavailable(reason(failure))));
    }

    private static Mono<BookingResult> toBooking(ClientResponse response) {
        var status = response.statusCode();
        if (isRefusal(status)) {
            return response.releaseBody()
                    .thenReturn(new BookingResult.Refused("the courier answered " + status.value()));
        }
        if (!status.is2xxSuccessful()) {
            return response.createError();
        }
        return response.bodyToMono(Booked.class)
                .mapNotNull(Booked::waybill)
                .filter(waybill -> !waybill.isBlank() && waybill.length() <= 64)
                .<BookingResult>map(BookingResult.Booked::new)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an answer without a waybill")));
    }

    private static boolean isRefusal(HttpStatusCode status) {
        return status.is4xxClientError()
                && !status.isSameCodeAs(HttpStatus.REQUEST_TIMEOUT)
                && !status.isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS)
                && !status.isSameCodeAs(HttpStatus.TOO_EARLY)
                && !status.isSameCodeAs(HttpStatus.UNAUTHORIZED)
                && !status.isSameCodeAs(HttpStatus.FORBIDDEN)
                && !status.isSameCodeAs(HttpStatus.NOT_FOUND);
    }

    /// Members read it as the booking problem, so what went wrong in our own words is for the log only.
    private static String reason(Throwable failure) {
        log.warn("the courier gave no usable answer: {}", failure.toString());
        return NO_ANSWER;
    }
}
