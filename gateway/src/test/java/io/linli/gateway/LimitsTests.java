package io.linli.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

class LimitsTests {
    private static final int MEGABYTE = 1024 * 1024;
    private static final List<String> SMALL = List.of(
            "--linli.gateway.caller-limit.burst=5",
            "--linli.gateway.caller-limit.per-second=1",
            "--linli.gateway.address-limit.burst=8",
            "--linli.gateway.address-limit.per-second=1");

    private final Edge edge = start();

    private static Edge start(String... more) {
        return Edge.start(Stream.concat(SMALL.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void a_caller_in_a_hurry_is_told_when_to_come_back_and_nobody_else_is() {
        var hasty = edge.client();

        var answers = ask(hasty, 12);

        assertThat(statuses(answers).subList(0, 5)).containsOnly(200);
        assertThat(statuses(answers)).contains(429);
        var refused = answers.stream()
                .filter(answer -> answer.getStatus().value() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.getResponseHeaders().getFirst("Retry-After")).matches("[1-9][0-9]*");
        assertThat(refused.getResponseHeaders().getFirst("RateLimit")).startsWith("\"default\";r=0;t=");
        assertThat(refused.getResponseHeaders().getFirst("RateLimit-Policy")).isEqualTo("\"default\";q=5;w=5");
        assertThat(refused.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(refused.getResponseBody()).contains("/problems/too-many-requests");
        assertThat(statuses(ask(edge.client(), 5))).containsOnly(200);
    }

    @Test
    void an_address_without_tokens_is_limited_whatever_it_says_about_itself() {
        var answers = logIn(edge, i -> "10.0.0." + i);

        assertThat(statuses(answers).subList(0, 8)).containsOnly(200);
        assertThat(statuses(answers)).contains(429);
        assertThat(statuses(ask(edge.client(), 5))).as("callers with a token").containsOnly(200);
        edge.anonymous().get().uri("/livez").exchange().expectStatus().isOk();
    }

    @Test
    void behind_a_trusted_proxy_the_address_it_saw_counts_and_nothing_further_left() {
        try (var behindProxy = start("--linli.gateway.trusted-proxies=127.0.0.0/8")) {
            assertThat(statuses(logIn(behindProxy, i -> "1.1.1." + i + ", 10.0.0.1")))
                    .contains(429);
            assertThat(statuses(logIn(behindProxy, i -> "1.1.1.1, 10.0.1." + i)))
                    .containsOnly(200);
            assertThat(statuses(logIn(behindProxy, i -> "10.0.2.1, 127.0.0." + i)))
                    .contains(429);
            assertThat(statuses(logIn(behindProxy, i -> "2001:db8::" + i))).contains(429);
            assertThat(statuses(logIn(behindProxy, i -> "2001:db8:0:" + i + "::1")))
                    .containsOnly(200);
        }
    }

    @Test
    void an_address_that_keeps_showing_invalid_tokens_is_limited_too() {
        assertThat(statuses(ask(edge.client("not.a.token"), 20))).contains(401, 429);
    }

    @Test
    void a_body_over_the_limit_is_refused_by_its_announced_length() {
        edge.client()
                .post()
                .uri("/v1/communities")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("x".repeat(MEGABYTE + 1))
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/body-too-large");
        edge.service("community").verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_body_over_the_limit_is_refused_while_it_is_read() {
        edge.client()
                .post()
                .uri("/v1/communities")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Flux.range(0, 20).map(_ -> "x".repeat(MEGABYTE / 10)), String.class)
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType("application/problem+json");
    }

    @Test
    void a_body_just_below_the_limit_passes() {
        edge.client()
                .post()
                .uri("/v1/communities")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Flux.range(0, 9).map(_ -> "x".repeat(MEGABYTE / 10)), String.class)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void headers_over_the_limit_are_refused() {
        var status = RawHttp.status(
                edge.port(),
                "GET /v1/communities HTTP/1.1\r\nHost: edge\r\nX-Long: " + "x".repeat(40_000) + "\r\n\r\n");

        assertThat(status).isIn(400, 413, 431);
    }

    private static List<EntityExchangeResult<String>> logIn(Edge edge, IntFunction<String> forwardedFor) {
        return IntStream.range(1, 21)
                .mapToObj(i -> edge.anonymous()
                        .post()
                        .uri("/v1/auth/wechat")
                        .header("X-Forwarded-For", forwardedFor.apply(i))
                        .exchange()
                        .expectBody(String.class)
                        .returnResult())
                .toList();
    }

    private static List<EntityExchangeResult<String>> ask(WebTestClient client, int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> client.get()
                        .uri("/v1/communities")
                        .exchange()
                        .expectBody(String.class)
                        .returnResult())
                .toList();
    }

    private static List<Integer> statuses(List<EntityExchangeResult<String>> answers) {
        return answers.stream().map(answer -> answer.getStatus().value()).toList();
    }
}
