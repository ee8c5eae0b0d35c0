package io.linli.partner.courier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.linli.partner.TestSettings;
import io.linli.partner.courier.BookingResult.Booked;
import io.linli.partner.courier.BookingResult.Refused;
import io.linli.partner.courier.BookingResult.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;

class GenericCourierTests {
    private static final Freight FREIGHT = new Freight(
            new UUID(7, 1), new UUID(7, 2), new UUID(7, 3), "青菜", "generic", "绿源农场", 3, 9_000, Instant.EPOCH);

    private final WireMockServer partner =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(4)
            .minimumNumberOfCalls(4)
            .permittedNumberOfCallsInHalfOpenState(1)
            .build());
    private GenericCourier courier;

    @BeforeEach
    void start() {
        partner.start();
        var settings = TestSettings.at(partner.baseUrl(), Map.of("courier-timeout-millis", "300"));
        courier = new GenericCourier(WebClient.builder(), breakers, settings);
    }

    @AfterEach
    void stop() {
        partner.stop();
    }

    @Test
    void a_booking_is_asked_for_under_the_shipments_id_and_gives_the_waybill() {
        answerBookings(okJson("{\"waybill\": \"GC1\", \"price\": 12, \"reports\": []}"));

        assertThat(book()).isEqualTo(new Booked("GC1"));
        partner.verify(postRequestedFor(urlEqualTo("/bookings"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson("""
                        {"reference": "%s", "sender": "绿源农场", "pieces": 3, "weightGrams": 9000}""".formatted(FREIGHT.id()))));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 422})
    void what_the_courier_does_not_want_is_refused_and_does_not_open_the_breaker(int status) {
        answerBookings(aResponse().withStatus(status).withBody("no"));

        for (int i = 0; i < 5; i++) {
            assertThat(book()).isEqualTo(new Refused("the courier answered " + status));
        }
        assertThat(breakers.circuitBreaker("courier").getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 425, 429, 500, 502, 503, 302})
    void a_courier_in_trouble_is_unavailable(int status) {
        answerBookings(aResponse().withStatus(status).withHeader("Location", "/elsewhere"));

        assertThat(book()).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_slow_courier_is_unavailable_once_the_time_is_up() {
        answerBookings(okJson("{\"waybill\": \"GC1\"}").withFixedDelay(2_000));

        assertThat(book()).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_broken_connection_is_unavailable(Fault fault) {
        answerBookings(aResponse().withFault(fault));

        assertThat(book()).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"waybill\": \"\"}", "{\"waybill\": ", "null", "<html>sorry</html>"})
    void an_answer_that_makes_no_sense_is_unavailable(String body) {
        answerBookings(okJson(body));

        assertThat(book()).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_closed_port_is_unavailable() {
        partner.stop();

        assertThat(book()).isInstanceOf(Unavailable.class);
    }

    @Test
    void after_several_failures_nobody_calls_until_a_trial_succeeds() {
        answerBookings(aResponse().withStatus(500));
        for (int i = 0; i < 10; i++) {
            assertThat(book()).isInstanceOf(Unavailable.class);
        }
        partner.verify(4, postRequestedFor(urlEqualTo("/bookings")));

        answerBookings(okJson("{\"waybill\": \"GC1\"}"));
        assertThat(book()).isInstanceOf(Unavailable.class);
        breakers.circuitBreaker("courier").transitionToHalfOpenState();

        assertThat(book()).isEqualTo(new Booked("GC1"));
        assertThat(breakers.circuitBreaker("courier").getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void a_trial_that_fails_closes_the_door_again() {
        answerBookings(aResponse().withStatus(500));
        for (int i = 0; i < 4; i++) {
            book();
        }
        breakers.circuitBreaker("courier").transitionToHalfOpenState();

        book();

        assertThat(breakers.circuitBreaker("courier").getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void what_was_reported_about_a_waybill_is_read_in_its_order() {
        partner.stubFor(get(urlEqualTo("/bookings/GC1")).willReturn(okJson("""
                {"waybill": "GC1", "reports": [
                    {"eventId": "1", "waybill": "GC1", "status": "picked_up", "occurredAt": "2026-11-22T06:30:00Z"},
                    {"eventId": "2", "waybill": "GC1", "status": "in_transit", "occurredAt": "2026-11-22T07:30:00Z",
                        "place": "上海"}]}""")));

        var result = courier.requestReports("GC1").block(Duration.ofSeconds(5));

        assertThat(((TrackingResult.Tracked) result).oldestFirst())
                .extracting(CourierReport::eventId)
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource({"404, {}", "500, {}", "200, {\"reports\":[{}]}", "200, ''"})
    void no_usable_answer_about_a_waybill_is_unavailable(int status, String body) {
        partner.stubFor(get(urlEqualTo("/bookings/GC1")).willReturn(okJson(body).withStatus(status)));

        assertThat(courier.requestReports("GC1").block(Duration.ofSeconds(5)))
                .isInstanceOf(TrackingResult.Unavailable.class);
    }

    private void answerBookings(com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer) {
        partner.stubFor(post(urlEqualTo("/bookings")).willReturn(answer));
    }

    private BookingResult book() {
        return courier.requestBooking(FREIGHT).block(Duration.ofSeconds(5));
    }
}
