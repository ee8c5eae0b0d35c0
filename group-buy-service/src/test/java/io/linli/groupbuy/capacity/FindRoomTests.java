package io.linli.groupbuy.capacity;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.linli.groupbuy.capacity.Room.Enough;
import io.linli.groupbuy.capacity.Room.Shortage;
import io.linli.groupbuy.capacity.Room.TooLittle;
import io.linli.groupbuy.capacity.Room.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.web.reactive.function.client.WebClient;

/// What becomes of the question for room when the station or the dispatch is slow, away, broken or talks nonsense.
class FindRoomTests {
    private static final UUID COMMUNITY = new UUID(0, 1);
    private static final Instant FROM = Instant.parse("2026-11-26T16:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-27T16:00:00Z");
    private static final String SPACE = "/v1/communities/" + COMMUNITY + "/shelves/space";
    private static final String CARRYING = "/v1/communities/" + COMMUNITY + "/shifts/capacity";
    private static final int PATIENT_MILLIS = 10_000;
    private static final int IMPATIENT_MILLIS = 300;

    /// 80 litres, 20.5 of them chilled, 100 kg of which a fifth is carried.
    private static final Load LOAD = new Load(59_500, 20_500, 100_000);

    @RegisterExtension
    static final WireMockExtension others = WireMockExtension.newInstance().build();

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(4)
            .minimumNumberOfCalls(4)
            .permittedNumberOfCallsInHalfOpenState(1)
            .build());

    @Test
    void there_is_room_when_both_have_as_much_as_is_needed() {
        stationHas(60, 21);
        volunteersCarry(20_000);

        assertThat(ask()).isEqualTo(new Enough());
        others.verify(getRequestedFor(urlPathEqualTo(SPACE))
                .withHeader("Authorization", equalTo("Bearer leader"))
                .withQueryParam("at", equalTo("2026-11-26T16:00:00Z")));
        others.verify(getRequestedFor(urlPathEqualTo(CARRYING))
                .withQueryParam("from", equalTo("2026-11-26T16:00:00Z"))
                .withQueryParam("to", equalTo("2026-11-27T16:00:00Z")));
    }

    @Test
    void a_timer_asks_in_nobodys_name_where_no_gateway_leads() {
        others.stubFor(get(urlPathEqualTo(SPACE.replace("/v1/", "/internal/")))
                .willReturn(okJson("{\"ambientLitres\": 60, \"chilledLitres\": 21}")));
        others.stubFor(
                get(urlPathEqualTo(CARRYING.replace("/v1/", "/internal/"))).willReturn(okJson("{\"grams\": 20000}")));
        var settings = new CapacitySettings(others.baseUrl(), others.baseUrl(), PATIENT_MILLIS, 200);

        assertThat(findRoom(settings).request(COMMUNITY, FROM, TO, LOAD, null).block(Duration.ofSeconds(15)))
                .isEqualTo(new Enough());
        others.verify(2, anyRequestedFor(anyUrl()).withoutHeader("Authorization"));
    }

    @Test
    void what_is_short_is_told_with_its_numbers() {
        stationHas(59, 20);
        volunteersCarry(19_999);

        assertThat(ask())
                .isEqualTo(new TooLittle(List.of(
                        new Shortage("ambientLitres", 60, 59),
                        new Shortage("chilledLitres", 21, 20),
                        new Shortage("carriedKilograms", 20, 19))));
    }

    @Test
    void one_that_is_short_is_enough_to_refuse_even_if_the_other_is_away() {
        stationHas(0, 0);
        dispatchAnswers(aResponse().withStatus(503));

        assertThat(ask()).isInstanceOf(TooLittle.class);
    }

    @Test
    void an_answer_that_takes_too_long_is_none() {
        stationHas(60, 21);
        dispatchAnswers(okJson("{\"grams\": 20000}").withFixedDelay(5_000));

        assertThat(room(IMPATIENT_MILLIS).block(Duration.ofSeconds(4))).isEqualTo(new Unknown());
    }

    @Test
    void refused_broken_and_senseless_answers_are_none() {
        volunteersCarry(20_000);
        var answers = Map.of(
                "cut", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                "garbage", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                "html",
                        aResponse()
                                .withHeader("Content-Type", "application/json")
                                .withBody("<html>"),
                "down", aResponse().withStatus(503),
                "forbidden", aResponse().withStatus(403),
                "empty", aResponse().withHeader("Content-Type", "application/json"),
                "half", okJson("{\"ambientLitres\": 60}"),
                "negative", okJson("{\"ambientLitres\": -1, \"chilledLitres\": 21}"));

        answers.forEach((name, answer) -> {
            breakers.circuitBreaker("station").reset();
            stationAnswers(answer);
            assertThat(ask()).as(name).isEqualTo(new Unknown());
        });
    }

    @Test
    void nobody_listening_is_no_answer() {
        volunteersCarry(20_000);
        var nowhere = new CapacitySettings("http://127.0.0.1:1", others.baseUrl(), PATIENT_MILLIS, 200);

        assertThat(room(nowhere).block(Duration.ofSeconds(15))).isEqualTo(new Unknown());
    }

    @Test
    void after_many_failures_nobody_is_asked_until_one_try_succeeds() {
        volunteersCarry(20_000);
        stationAnswers(aResponse().withStatus(500));
        for (var turn = 0; turn < 4; turn++) {
            ask();
        }
        stationHas(60, 21);

        assertThat(ask()).isEqualTo(new Unknown());
        others.verify(4, getRequestedFor(urlPathEqualTo(SPACE)));

        breakers.circuitBreaker("station").transitionToHalfOpenState();
        assertThat(ask()).isEqualTo(new Enough());
        assertThat(breakers.circuitBreaker("station").getState()).isEqualTo(State.CLOSED);
    }

    private Room ask() {
        return room(PATIENT_MILLIS).block(Duration.ofSeconds(15));
    }

    private reactor.core.publisher.Mono<Room> room(int timeoutMillis) {
        return room(new CapacitySettings(others.baseUrl(), others.baseUrl(), timeoutMillis, 200));
    }

    private reactor.core.publisher.Mono<Room> room(CapacitySettings settings) {
        return findRoom(settings).request(COMMUNITY, FROM, TO, LOAD, "Bearer leader");
    }

    private FindRoom findRoom(CapacitySettings settings) {
        var clients = WebClient.builder();
        return new FindRoom(
                new ShelfSpace(clients, breakers, settings),
                new CarryingCapacity(clients, breakers, settings),
                settings);
    }

    private static void stationHas(long ambientLitres, long chilledLitres) {
        stationAnswers(
                okJson("{\"ambientLitres\": %d, \"chilledLitres\": %d}".formatted(ambientLitres, chilledLitres)));
    }

    private static void volunteersCarry(long grams) {
        dispatchAnswers(okJson("{\"volunteers\": 3, \"grams\": %d}".formatted(grams)));
    }

    private static void stationAnswers(ResponseDefinitionBuilder answer) {
        others.stubFor(get(urlPathEqualTo(SPACE)).willReturn(answer));
    }

    private static void dispatchAnswers(ResponseDefinitionBuilder answer) {
        others.stubFor(get(urlPathEqualTo(CARRYING)).willReturn(answer));
    }
}
