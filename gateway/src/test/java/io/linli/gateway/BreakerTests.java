package io.linli.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.linli.kit.testing.Await;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTests {
    private static final String STATION = "/v1/communities/1/parcels";

    private final Edge edge = Edge.start(
            "--resilience4j.circuitbreaker.configs.default.sliding-window-size=4",
            "--resilience4j.circuitbreaker.configs.default.minimum-number-of-calls=4",
            "--resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state=300ms",
            "--resilience4j.circuitbreaker.configs.default.permitted-number-of-calls-in-half-open-state=1",
            "--spring.cloud.gateway.server.webflux.httpclient.response-timeout=3s");

    @AfterEach
    void stop() {
        edge.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER"})
    void a_service_that_breaks_off_is_unavailable(Fault fault) {
        answer(aResponse().withFault(fault));

        expectUnavailable();
    }

    @Test
    void a_service_that_is_not_there_is_unavailable() {
        edge.service("station").stop();

        expectUnavailable();
    }

    @Test
    void a_service_that_takes_too_long_is_unavailable() {
        answer(okJson("{}").withFixedDelay(12_000));

        expectUnavailable();
    }

    @Test
    void after_several_failures_the_service_is_left_alone_until_it_answers_again() {
        answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        for (int i = 0; i < 4; i++) {
            expectUnavailable();
        }
        edge.service("station").resetRequests();

        expectUnavailable();

        edge.service("station").verify(0, anyRequestedFor(anyUrl()));
        edge.client().get().uri("/v1/communities").exchange().expectStatus().isOk();
        edge.heal();
        Await.until("the service to be asked again", Duration.ofSeconds(10), () -> status() == 200);
    }

    @Test
    void what_a_service_answers_is_handed_on_and_never_opens_its_breaker() {
        answer(aResponse()
                .withStatus(503)
                .withHeader("Content-Type", "application/problem+json")
                .withHeader("Retry-After", "7")
                .withBody("{\"type\":\"/problems/wechat-unavailable\"}"));

        for (int i = 0; i < 10; i++) {
            edge.client()
                    .get()
                    .uri(STATION)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals("Retry-After", "7")
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("/problems/wechat-unavailable");
        }
        edge.service("station").verify(10, anyRequestedFor(anyUrl()));
    }

    @Test
    void requests_that_are_too_large_do_not_open_the_breaker() {
        for (int i = 0; i < 8; i++) {
            edge.client()
                    .post()
                    .uri(STATION)
                    .body(reactor.core.publisher.Flux.range(0, 20).map(_ -> "x".repeat(100_000)), String.class)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(413);
        }

        assertThat(status()).isEqualTo(200);
    }

    private void answer(ResponseDefinitionBuilder answer) {
        edge.service("station").stubFor(any(anyUrl()).willReturn(answer));
    }

    private int status() {
        return edge.client()
                .get()
                .uri(STATION)
                .exchange()
                .returnResult()
                .getStatus()
                .value();
    }

    private void expectUnavailable() {
        edge.client()
                .get()
                .uri(STATION)
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentType("application/problem+json")
                .expectHeader()
                .valueMatches("Retry-After", "[1-9][0-9]*")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/service-unavailable")
                .jsonPath("$.detail")
                .value(detail -> assertThat(String.valueOf(detail)).contains("Try again"));
    }
}
