package io.linli.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.linli.kit.testing.ContractFilter;
import io.linli.kit.testing.WrongUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/// Wrong use that the edge refuses by itself: of what the services offer, and of its own two operations.
class WrongUseTests {
    private static Edge edge;

    @BeforeAll
    static void start() {
        edge = Edge.start(
                "--linli.gateway.address-limit.burst=100000",
                "--linli.gateway.caller-limit.burst=5",
                "--linli.gateway.caller-limit.per-second=1");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void heal() {
        edge.heal();
    }

    /// A client that is held against these contracts.
    private static WebTestClient client(WebTestClient client, List<String> contracts) {
        return client.mutate().filter(ContractFilter.of(contracts)).build();
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    @TestFactory
    Stream<DynamicTest> what_the_edge_refuses_is_documented_by_the_service_behind() {
        var contracts = RoutingTests.CONTRACTS.values().stream()
                .map(WrongUseTests::text)
                .toList();
        return WrongUse.atTheEdge(client(edge.anonymous(), contracts), edge.tokens(), contracts);
    }

    private static ResponseSpec ask(WebTestClient who, HttpMethod method, String path) {
        return client(who, List.of(text("src/main/openapi/gateway.yaml")))
                .method(method)
                .uri(path)
                .exchange();
    }

    private static void expectProblem(ResponseSpec answer, int status, String slug) {
        answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/" + slug);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /healthz",
        "DELETE, /healthz",
        "PUT, /openapi/gateway.yaml",
        "POST, /openapi/operations.yaml",
        "DELETE, /openapi/station.yaml"
    })
    void a_method_that_is_not_offered_is_not_found(String method, String path) {
        expectProblem(ask(edge.anonymous(), HttpMethod.valueOf(method), path), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi/nobody.yaml", "/openapi/station.yml", "/openapi/Station.yaml", "/openapi/.yaml"})
    void a_contract_that_is_none_is_not_found(String path) {
        expectProblem(ask(edge.anonymous(), HttpMethod.GET, path), 404, "not-found");
    }

    @Test
    void a_contract_whose_service_gives_no_answer_is_unavailable() {
        edge.service("station")
                .stubFor(get("/openapi.yaml").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        expectProblem(ask(edge.anonymous(), HttpMethod.GET, "/openapi/station.yaml"), 503, "service-unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/openapi/gateway.yaml", "/openapi/station.yaml"})
    void whoever_asks_too_often_is_told_so(String path) {
        edge.service("station")
                .stubFor(get("/openapi.yaml").willReturn(okForContentType("application/yaml", "openapi: 3.1.0")));
        var hasty = edge.client();

        var answers = IntStream.range(0, 10)
                .mapToObj(_ -> ask(hasty, HttpMethod.GET, path).expectBody().returnResult())
                .toList();

        assertThat(answers).anySatisfy(answer -> {
            assertThat(answer.getStatus().value()).isEqualTo(429);
            assertThat(answer.getResponseHeaders().getFirst("Retry-After")).isNotNull();
        });
    }
}
