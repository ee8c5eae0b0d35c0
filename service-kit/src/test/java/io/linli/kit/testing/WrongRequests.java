package io.linli.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/// The ways in which [WrongUse] asks wrongly, and what it expects of every refusal.
///
/// *Shape*: problems are RFC 9457, their type starts with `/problems/`, and they tell nothing of the inside.
final class WrongRequests {

    private static final String[] ROLES = {
        "resident", "leader", "floor-leader", "keeper", "volunteer", "coordinator", "partner"
    };
    private static final List<String> INSIDE =
            List.of("Exception", "io.linli", "java.", "org.springframework", "r2dbc", "\\tat ", "SELECT ", "INSERT ");
    private static final int HUGE_BYTES = 2 * 1024 * 1024;

    /// The community all requests are about, in which nothing is.
    final UUID community = UUID.randomUUID();

    private final WebTestClient anonymous;
    private final TestTokens tokens;

    WrongRequests(WebTestClient anonymous, TestTokens tokens) {
        this.anonymous = anonymous;
        this.tokens = tokens;
    }

    void withoutToken(ContractOperation operation) {
        refused(anonymous, operation, operation.call(community).withExampleBody(), 401);
    }

    void withExpiredToken(ContractOperation operation) {
        var token = tokens.token(UUID.randomUUID()).expired().sign();
        refused(client(token), operation, operation.call(community).withExampleBody(), 401);
    }

    void inForeignCommunity(ContractOperation operation) {
        var token = tokens.token(UUID.randomUUID())
                .member(UUID.randomUUID(), UUID.randomUUID())
                .household(UUID.randomUUID())
                .roles(ROLES)
                .sign();
        refused(client(token), operation, operation.call(community).withExampleBody(), 403, 404);
    }

    void withUnknownId(ContractOperation operation) {
        refused(allowed(), operation, operation.call(community).withExampleBody(), 404, 403, 409, 422);
    }

    void withMalformedId(ContractOperation operation) {
        refused(allowed(), operation, operation.callWithMalformedIds().withExampleBody(), 400, 404);
    }

    void withMalformedJson(ContractOperation operation) {
        var call = operation.call(community).withBody("{\"broken\": ");
        refused(allowed(), operation, call, unlessSigned(operation, 400));
    }

    void withListBody(ContractOperation operation) {
        refused(allowed(), operation, operation.call(community).withBody("[42]"), unlessSigned(operation, 400));
    }

    void withHugeBody(ContractOperation operation) {
        var huge = "{\"huge\": \"" + "x".repeat(HUGE_BYTES) + "\"}";
        refused(allowed(), operation, operation.call(community).withBody(huge), unlessSigned(operation, 413));
    }

    void withOtherMediaType(ContractOperation operation) {
        var call = operation.call(community).withBody("plain").as(MediaType.TEXT_PLAIN);
        refused(allowed(), operation, call, unlessSigned(operation, 415));
    }

    void withoutIdempotencyKey(ContractOperation operation) {
        var call = operation.call(community).withExampleBody().withIdempotencyKey(null);
        assertThat(refused(allowed(), operation, call, 400)).contains("/problems/idempotency-key-required");
    }

    String inWrongState(ContractOperation operation, WrongUse.Attempt attempt) {
        var call = operation.call(attempt.ids()).withJson(attempt.body());
        return refused(client(attempt.token()), operation, call, 409);
    }

    /// What needs no token may ask for a signature of the body, and refuse before reading it as JSON.
    private static Integer[] unlessSigned(ContractOperation operation, int status) {
        return operation.isSecured() ? new Integer[] {status} : new Integer[] {status, 401};
    }

    private WebTestClient allowed() {
        return allowed(UUID.randomUUID());
    }

    /// Somebody with every role and scope: only the wrong use itself can be the reason of a refusal.
    WebTestClient allowed(UUID caller) {
        return client(tokens.token(caller)
                .member(community, UUID.randomUUID())
                .household(UUID.randomUUID())
                .building(UUID.randomUUID())
                .display("王*")
                .roles(ROLES)
                .scope("operator", "service")
                .sign());
    }

    private WebTestClient client(String token) {
        return anonymous
                .mutate()
                .defaultHeaders(headers -> {
                    headers.setBearerAuth(token);
                    headers.set(HttpHeaders.ACCEPT_LANGUAGE, "en");
                })
                .build();
    }

    /// Sends the call, expects one of the statuses and answers the problem.
    static String refused(
            WebTestClient client, ContractOperation operation, ContractOperation.Call call, Integer... statuses) {
        var result = call.send(client);
        var body = text(result);
        assertThat(result.getStatus().value()).as("%s: %s", operation, body).isIn((Object[]) statuses);
        assertThat(result.getResponseHeaders().getContentType())
                .satisfies(type -> assertThat(MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(type))
                        .isTrue());
        assertThat(body).contains("\"type\":\"/problems/").doesNotContain(INSIDE);
        assertThat(operation.documentedStatuses())
                .as("documented statuses of %s", operation)
                .contains(String.valueOf(result.getStatus().value()));
        return body;
    }

    private static String text(EntityExchangeResult<byte[]> result) {
        var body = result.getResponseBody();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }
}
