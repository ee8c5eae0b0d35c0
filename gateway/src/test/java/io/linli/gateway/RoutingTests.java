package io.linli.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.yaml.snakeyaml.Yaml;

class RoutingTests {
    static final Map<String, String> CONTRACTS = Map.of(
            "community", "../community-service/src/main/openapi/community.yaml",
            "group-buy", "../group-buy-service/src/main/openapi/group-buy.yaml",
            "partner", "../partner-adapters/src/main/openapi/partner.yaml",
            "station", "../station-service/src/main/openapi/station.yaml",
            "dispatch", "../dispatch-service/src/main/openapi/dispatch.yaml");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private static Edge edge;

    @BeforeAll
    static void start() {
        edge = Edge.start("--linli.gateway.address-limit.burst=100000");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void heal() {
        edge.heal();
    }

    static Stream<Arguments> operations() {
        return CONTRACTS.entrySet().stream().flatMap(contract -> operations(contract.getKey(), contract.getValue()));
    }

    private static Stream<Arguments> operations(String service, String file) {
        Map<String, Map<String, Map<String, Object>>> contract = read(file);
        return contract.get("paths").entrySet().stream()
                .filter(path -> !path.getKey().startsWith("/internal/"))
                .flatMap(path -> path.getValue().keySet().stream()
                        .filter(METHODS::contains)
                        .map(method -> Arguments.of(service, method.toUpperCase(), path.getKey())));
    }

    private static Map<String, Map<String, Map<String, Object>>> read(String file) {
        try (var reader = Files.newBufferedReader(Path.of(file))) {
            return new Yaml().load(reader);
        } catch (IOException absent) {
            throw new java.io.UncheckedIOException(absent);
        }
    }

    @ParameterizedTest(name = "{1} {2} goes to {0}")
    @MethodSource("operations")
    void every_operation_of_every_contract_reaches_its_service(String service, String method, String template) {
        var path = template.replaceAll("\\{[^}]*}", UUID.randomUUID().toString());

        edge.client()
                .method(HttpMethod.valueOf(method))
                .uri(path + "?limit=7")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Answered-By", service);
        edge.service(service).verify(1, anyRequestedFor(urlEqualTo(path + "?limit=7")));
    }

    @ParameterizedTest
    @MethodSource("services")
    void parked_events_of_a_service_are_reached_by_its_name(String service) {
        edge.client()
                .post()
                .uri("/v1/operations/{service}/parked/some.queue/1/replay", service)
                .exchange()
                .expectStatus()
                .isOk();

        edge.service(service).verify(1, postRequestedFor(urlEqualTo("/v1/operations/parked/some.queue/1/replay")));
        edge.client()
                .get()
                .uri("/v1/operations/{service}/parked", service)
                .exchange()
                .expectStatus()
                .isOk();
        edge.service(service).verify(1, getRequestedFor(urlEqualTo("/v1/operations/parked")));
    }

    static List<String> services() {
        return Edge.SERVICES;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/wechat/sessions",
                "/internal/communities/1/shelves/space",
                "/actuator/env",
                "/v1/operations/parked",
                "/v1/operations/nobody/parked",
                "/v1/communities/1/unheard-of",
                "/v1/unheard-of",
                "/openapi/nobody.yaml",
                "/docs/nothing.js",
                "/webjars/swagger-ui/5.20.0/swagger-ui.css",
                "/gateway.yml"
            })
    void what_no_contract_offers_is_not_found_and_asks_nobody(String path) {
        edge.client()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/not-found")
                .jsonPath("$.instance")
                .isEqualTo(path);
        Edge.SERVICES.forEach(service -> edge.service(service).verify(0, anyRequestedFor(anyUrl())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/communities/1/buildings/../../../../internal/wechat/sessions",
                "/sandbox/%2e%2e/internal/wechat/sessions",
                "/webhooks/..%2f..%2finternal/wechat/sessions",
                "/sandbox//internal/wechat/sessions",
                "/v1/operations/partner/parked/../../../internal/wechat/sessions"
            })
    void no_detour_leads_to_what_is_internal(String path) {
        var status =
                RawHttp.status(edge.port(), "GET " + path + " HTTP/1.1\r\nHost: edge\r\nConnection: close\r\n\r\n");

        assertThat(status).isIn(400, 401, 404);
        Edge.SERVICES.forEach(service -> edge.service(service).verify(0, anyRequestedFor(anyUrl())));
    }

    @Test
    void what_a_stranger_says_about_forwarding_is_dropped() {
        edge.client()
                .get()
                .uri("/v1/communities")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "gopher")
                .header("Forwarded", "for=10.0.0.1")
                .exchange()
                .expectStatus()
                .isOk();

        edge.service("community")
                .verify(getRequestedFor(urlEqualTo("/v1/communities"))
                        .withoutHeader("X-Forwarded-For")
                        .withoutHeader("X-Forwarded-Host")
                        .withoutHeader("X-Forwarded-Proto")
                        .withoutHeader("Forwarded"));
    }

    @Test
    void token_key_and_language_are_handed_on() {
        var token = edge.token();

        edge.client(token)
                .post()
                .uri("/v1/communities")
                .header("Idempotency-Key", "k1")
                .bodyValue(Map.of("name", "邻里"))
                .exchange()
                .expectStatus()
                .isOk();

        edge.service("community")
                .verify(postRequestedFor(urlEqualTo("/v1/communities"))
                        .withHeader("Authorization", equalTo("Bearer " + token))
                        .withHeader("Idempotency-Key", equalTo("k1"))
                        .withHeader("Accept-Language", equalTo("en"))
                        .withRequestBody(equalTo("{\"name\":\"邻里\"}")));
    }
}
