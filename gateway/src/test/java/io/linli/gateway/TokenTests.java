package io.linli.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class TokenTests {
    private static Edge edge;

    @BeforeAll
    static void start() {
        edge = Edge.start();
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
    void without_a_token_nothing_is_asked_of_a_service() {
        refused(edge.anonymous().get().uri("/v1/communities").exchange(), "token-required")
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer")
                .expectHeader()
                .valueEquals("Content-Language", "zh-CN");
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void a_token_that_is_not_good_is_refused_at_the_edge(String token) {
        refused(edge.client(token).get().uri("/v1/communities").exchange(), "token-invalid");
    }

    static Stream<String> badTokens() {
        var tokens = edge.tokens();
        return Stream.of(
                tokens.token(UUID.randomUUID()).expired().sign(),
                tokens.token(UUID.randomUUID()).wrongKey().sign(),
                tokens.token(UUID.randomUUID()).issuer("somebody").sign(),
                tokens.token(UUID.randomUUID()).audience("somebody").sign(),
                "not.a.token",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/auth/wechat", "/webhooks/couriers/generic", "/sandbox/wechat/codes"})
    void some_paths_need_no_token(String path) {
        edge.anonymous().post().uri(path).exchange().expectStatus().isOk();
    }

    @Test
    void the_keys_of_tokens_are_public() {
        edge.anonymous()
                .get()
                .uri("/.well-known/jwks.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Answered-By", "community");
    }

    private static ResponseSpec refused(ResponseSpec response, String problem) {
        response.expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/" + problem)
                .jsonPath("$.status")
                .isEqualTo(401)
                .jsonPath("$.detail")
                .isNotEmpty();
        List.of("community", "partner").forEach(service -> edge.service(service).verify(0, anyRequestedFor(anyUrl())));
        return response;
    }
}
