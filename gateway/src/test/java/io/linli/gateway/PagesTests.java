package io.linli.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.Await;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

class PagesTests {
    private static Edge edge;

    @BeforeAll
    static void start() {
        edge = Edge.start("--linli.gateway.health-timeout-millis=300");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void heal() {
        edge.heal();
    }

    @Test
    void the_whole_is_up_when_every_service_is_ready() {
        expectHealth(200, """
                        {"status": "up", "services": {"community": "up", "group-buy": "up", "partner": "up",
                            "station": "up", "dispatch": "up"}}""");
        Edge.SERVICES.forEach(service -> edge.service(service).verify(1, getRequestedFor(urlEqualTo("/readyz"))));
    }

    @Test
    void the_whole_is_down_when_one_is_not_ready_or_too_slow() {
        edge.service("station").stubFor(get("/readyz").willReturn(aResponse().withStatus(503)));
        edge.service("dispatch").stubFor(get("/readyz").willReturn(okJson("{}").withFixedDelay(2_000)));

        expectHealth(503, """
                        {"status": "down", "services": {"community": "up", "group-buy": "up", "partner": "up",
                            "station": "down", "dispatch": "down"}}""");
    }

    /// An answer is kept for a second, so the one of an earlier test may come first.
    private static void expectHealth(int status, String body) {
        Await.untilAsserted(
                Duration.ofSeconds(10),
                () -> ask("/healthz")
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody()
                        .json(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz"})
    void the_gateway_itself_is_alive_and_ready_whatever_the_services_are(String path) {
        edge.service("station").stubFor(get("/readyz").willReturn(aResponse().withStatus(503)));

        ask(path).expectStatus().isOk();
    }

    @Test
    void the_first_page_shows_contracts_and_everything_it_needs_is_there() {
        var page = body("/");

        assertThat(page).contains("<div id=\"contracts\">");
        var links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page);
        int found = 0;
        while (links.find()) {
            ask(links.group(1)).expectStatus().isOk();
            found++;
        }
        assertThat(found).isEqualTo(5);
        assertThat(body("/docs/page.js")).contains("/docs/contracts.json");
    }

    @Test
    void every_contract_that_is_listed_can_be_read() {
        var contracts = ask("/docs/contracts.json")
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();

        assertThat(contracts.valueStream().map(contract -> contract.get("name").asString()))
                .containsExactlyInAnyOrder(
                        "community", "group-buy", "partner", "station", "dispatch", "gateway", "operations");
        contracts.forEach(
                contract -> ask(contract.get("url").asString()).expectStatus().isOk());
    }

    @ParameterizedTest
    @MethodSource("services")
    void the_contract_of_a_service_comes_from_the_service(String service) {
        ask("/openapi/" + service + ".yaml").expectHeader().valueEquals("X-Answered-By", service);

        edge.service(service).verify(1, getRequestedFor(urlEqualTo("/openapi.yaml")));
    }

    static java.util.List<String> services() {
        return Edge.SERVICES;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/openapi/gateway.yaml", "/openapi/operations.yaml"})
    void the_edges_own_contracts_are_openapi(String path) {
        assertThat((Object) new Yaml()
                        .<java.util.Map<String, Object>>load(body(path))
                        .get("openapi"))
                .isEqualTo("3.1.0");
    }

    private static ResponseSpec ask(String path) {
        return edge.anonymous().get().uri(path).accept(MediaType.ALL).exchange();
    }

    private static String body(String path) {
        return ask(path)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
