package io.linli.kit.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class ContractFilterTests {

    private static final String CONTRACT = """
            openapi: 3.1.0
            info: {title: Things, version: 1.0.0}
            paths:
              /things/{thingId}:
                put:
                  parameters:
                    - {name: thingId, in: path, required: true, schema: {type: string, format: uuid}}
                    - {name: limit, in: query, schema: {type: integer, maximum: 5}}
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [name]
                          additionalProperties: false
                          properties:
                            name: {type: string, maxLength: 5}
                            note: {type: [string, "null"]}
                  responses:
                    "200":
                      description: The thing.
                      content:
                        application/json:
                          schema:
                            type: object
                            required: [count, at]
                            additionalProperties: false
                            properties:
                              count: {type: integer, exclusiveMinimum: 0}
                              at: {type: string, format: date-time}
                    "404":
                      description: No such thing.
                      content:
                        application/problem+json:
                          schema: {type: object, required: [type], properties: {type: {type: string}}}
            """;
    private static final String THING = "/things/5f2b8a2c-6a5e-4d4e-9a53-0e6cf9a9b1d3";
    private static final String GOOD = "{\"count\": 1, \"at\": \"2026-11-22T08:00:00Z\"}";

    private HttpServer server;
    private int status = 200;
    private String type = "application/json";
    private String body = GOOD;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void put(String url, String request) {
        WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .filter(ContractFilter.of(List.of(CONTRACT)))
                .build()
                .put()
                .uri(url)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(request)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .isEqualTo(body);
    }

    private void violated(String url, String request, String... parts) {
        assertThatThrownBy(() -> put(url, request))
                .isInstanceOf(ContractViolation.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void an_exchange_as_documented_passes_and_its_body_stays_readable() {
        put(THING + "?limit=5", "{\"name\": \"abc\", \"note\": null}");
    }

    @Test
    void a_documented_refusal_passes_whatever_was_asked() {
        status = 404;
        type = "application/problem+json";
        body = "{\"type\":\"/problems/none\"}";

        put(THING + "?limit=99", "{\"wrong\": 1}");
    }

    @Test
    void a_refusal_with_another_body_is_a_violation() {
        status = 404;
        type = "application/problem+json";
        body = "{\"kind\":\"none\"}";

        violated(THING, "{\"name\": \"abc\"}", "type");
    }

    @Test
    void a_missing_field_is_a_violation() {
        body = "{\"count\": 1}";
        violated(THING, "{\"name\": \"abc\"}", "validation.response.body", "at");
    }

    @Test
    void a_field_too_many_is_a_violation() {
        body = "{\"count\": 1, \"at\": \"2026-11-22T08:00:00Z\", \"secret\": 1}";
        violated(THING, "{\"name\": \"abc\"}", "secret");
    }

    @Test
    void a_value_out_of_its_range_is_a_violation() {
        body = "{\"count\": 0, \"at\": \"2026-11-22T08:00:00Z\"}";
        violated(THING, "{\"name\": \"abc\"}", "count");
    }

    @Test
    void a_time_that_is_none_is_a_violation() {
        body = "{\"count\": 1, \"at\": \"yesterday\"}";
        violated(THING, "{\"name\": \"abc\"}", "at");
    }

    @Test
    void an_undocumented_status_is_a_violation() {
        status = 418;
        violated(THING, "{\"name\": \"abc\"}", "418", "validation.response.status.unknown");
    }

    @Test
    void an_undocumented_media_type_is_a_violation() {
        type = "text/plain";
        violated(THING, "{\"name\": \"abc\"}", "validation.response.contentType.notAllowed");
    }

    @Test
    void an_accepted_request_that_the_contract_forbids_is_a_violation() {
        violated(THING, "{\"name\": \"much too long\"}", "validation.request.body");
        violated(THING + "?limit=6", "{\"name\": \"abc\"}", "limit");
    }

    @Test
    void an_accepted_path_without_contract_is_a_violation() {
        violated("/others", "{\"name\": \"abc\"}", "no contract documents this operation");
    }
}
