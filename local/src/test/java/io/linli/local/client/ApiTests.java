package io.linli.local.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.linli.local.client.Api.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTests {

    private static final Request ORDER = new Request("POST", "/orders", Map.of("quantity", 1), "key-1", "token-1");

    @RegisterExtension
    private final WireMockExtension server =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void what_may_pass_is_sent_again_with_the_same_key(int status) {
        answers(
                aResponse().withStatus(status).withHeader("Retry-After", "0"),
                aResponse().withStatus(201));

        assertThat(api().send(ORDER).status()).isEqualTo(201);
        server.verify(2, postRequestedFor(urlEqualTo("/orders")).withHeader("Idempotency-Key", equalTo("key-1")));
    }

    @Test
    void a_broken_connection_is_tried_again() {
        answers(
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withStatus(201));

        assertThat(api().send(ORDER).status()).isEqualTo(201);
    }

    @Test
    void a_key_still_in_flight_is_waited_for() {
        answers(problem(409, "request-in-flight"), aResponse().withStatus(201));

        assertThat(api().send(ORDER).status()).isEqualTo(201);
    }

    @Test
    void a_definite_no_is_answered_at_once() {
        answers(problem(409, "sold-out"), aResponse().withStatus(201));

        var answer = api().send(ORDER);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("sold-out");
        server.verify(1, postRequestedFor(urlEqualTo("/orders")));
    }

    @Test
    void too_many_guesses_is_an_answer_and_not_a_reason_to_guess_again() {
        answers(problem(429, "too-many-guesses"), aResponse().withStatus(201));

        assertThat(api().send(ORDER).problem()).isEqualTo("too-many-guesses");
    }

    @Test
    void patience_ends() {
        server.stubFor(post("/orders").willReturn(aResponse().withStatus(503)));
        var impatient = new Api(URI.create(server.baseUrl()), Duration.ofMillis(400));

        assertThatThrownBy(() -> impatient.send(ORDER))
                .isInstanceOf(Unanswered.class)
                .hasMessageContaining("503");
    }

    @Test
    void a_long_retry_after_beyond_the_patience_is_not_sat_out() {
        server.stubFor(post("/orders").willReturn(aResponse().withStatus(429).withHeader("Retry-After", "3600")));

        assertThatThrownBy(() -> api().send(ORDER)).isInstanceOf(Unanswered.class);
    }

    private Api api() {
        return new Api(URI.create(server.baseUrl()), Duration.ofSeconds(20));
    }

    private void answers(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
        server.stubFor(post("/orders").inScenario("s").willReturn(first).willSetStateTo("later"));
        server.stubFor(
                post("/orders").inScenario("s").whenScenarioStateIs("later").willReturn(then));
    }

    private static ResponseDefinitionBuilder problem(int status, String slug) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/problem+json")
                .withBody("{\"type\":\"/problems/" + slug + "\",\"title\":\"no\",\"status\":" + status + "}");
    }
}
