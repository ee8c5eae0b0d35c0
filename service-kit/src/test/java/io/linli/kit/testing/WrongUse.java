package io.linli.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/// Uses every operation of every contract of a service wrongly and expects a documented problem each time.
///
/// ```java
/// @TestFactory
/// Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
///     return WrongUse.of(service).tests();
/// }
/// ```
/// *Shape*: problems are RFC 9457, their type starts with `/problems/`, and they tell nothing of the inside.
public final class WrongUse {

    private static final List<String> ROLES =
            List.of("resident", "leader", "floor-leader", "keeper", "volunteer", "coordinator", "partner");
    private static final List<String> INSIDE =
            List.of("Exception", "io.linli", "java.", "org.springframework", "r2dbc", "\\tat ", "SELECT ", "INSERT ");
    private static final int HUGE_BYTES = 2 * 1024 * 1024;

    private final ServiceUnderTest service;
    private final UUID community = UUID.randomUUID();

    private WrongUse(ServiceUnderTest service) {
        this.service = service;
    }

    public static WrongUse of(ServiceUnderTest service) {
        return new WrongUse(service);
    }

    /// One test per operation and kind of wrong use. The contracts are read when the tests are listed.
    public Stream<DynamicTest> tests() {
        return service.contracts().stream()
                .map(WrongUse::parse)
                .flatMap(contract -> ContractOperation.all(contract).stream())
                .flatMap(this::tests);
    }

    private static OpenAPI parse(String yaml) {
        var options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        return new OpenAPIV3Parser().readContents(yaml, null, options).getOpenAPI();
    }

    private Stream<DynamicTest> tests(ContractOperation operation) {
        return Stream.of(
                        wrong(operation.isSecured(), operation, "no token", this::withoutToken),
                        wrong(operation.isSecured(), operation, "a token that ran out", this::withExpiredToken),
                        wrong(operation.hasCommunity(), operation, "a foreign community", this::inForeignCommunity),
                        wrong(operation.hasOwnId(), operation, "an unknown id", this::withUnknownId),
                        wrong(operation.hasId(), operation, "an id that is none", this::withMalformedId),
                        wrong(operation.hasJsonBody(), operation, "malformed JSON", this::withMalformedJson),
                        wrong(operation.hasJsonBody(), operation, "a body that is a list", this::withListBody),
                        wrong(operation.hasJsonBody(), operation, "a huge body", this::withHugeBody),
                        wrong(operation.hasJsonBody(), operation, "another media type", this::withOtherMediaType),
                        wrong(operation.isIdempotent(), operation, "no idempotency key", this::withoutIdempotencyKey))
                .flatMap(test -> test);
    }

    private static Stream<DynamicTest> wrong(
            boolean applies, ContractOperation operation, String what, Consumer<ContractOperation> test) {
        return applies
                ? Stream.of(DynamicTest.dynamicTest(operation + " with " + what, () -> test.accept(operation)))
                : Stream.empty();
    }

    private void withoutToken(ContractOperation operation) {
        refused(service.client(), operation, operation.call(community).withExampleBody(), 401);
    }

    private void withExpiredToken(ContractOperation operation) {
        var token = service.tokens().token(UUID.randomUUID()).expired().sign();
        refused(service.client(token), operation, operation.call(community).withExampleBody(), 401);
    }

    private void inForeignCommunity(ContractOperation operation) {
        var token = service.tokens()
                .token(UUID.randomUUID())
                .member(UUID.randomUUID(), UUID.randomUUID())
                .household(UUID.randomUUID())
                .roles(ROLES.toArray(String[]::new))
                .sign();
        refused(service.client(token), operation, operation.call(community).withExampleBody(), 403, 404);
    }

    private void withUnknownId(ContractOperation operation) {
        refused(allowed(), operation, operation.call(community).withExampleBody(), 404, 403, 409, 422);
    }

    private void withMalformedId(ContractOperation operation) {
        refused(allowed(), operation, operation.callWithMalformedIds().withExampleBody(), 400, 404);
    }

    private void withMalformedJson(ContractOperation operation) {
        refused(
                allowed(),
                operation,
                operation.call(community).withBody("{\"broken\": "),
                unlessSigned(operation, 400));
    }

    private void withListBody(ContractOperation operation) {
        refused(allowed(), operation, operation.call(community).withBody("[42]"), unlessSigned(operation, 400));
    }

    private void withHugeBody(ContractOperation operation) {
        var huge = "{\"huge\": \"" + "x".repeat(HUGE_BYTES) + "\"}";
        refused(allowed(), operation, operation.call(community).withBody(huge), unlessSigned(operation, 413));
    }

    private void withOtherMediaType(ContractOperation operation) {
        var call = operation.call(community).withBody("plain").as(MediaType.TEXT_PLAIN);
        refused(allowed(), operation, call, unlessSigned(operation, 415));
    }

    private void withoutIdempotencyKey(ContractOperation operation) {
        refused(
                allowed(),
                operation,
                operation.call(community).withExampleBody().withoutIdempotencyKey(),
                400);
    }

    /// What needs no token may ask for a signature of the body, and refuse before reading it as JSON.
    private static Integer[] unlessSigned(ContractOperation operation, int status) {
        return operation.isSecured() ? new Integer[] {status} : new Integer[] {status, 401};
    }

    /// Somebody with every role and scope: only the wrong use itself can be the reason of a refusal.
    private WebTestClient allowed() {
        return service.client(service.tokens()
                .token(UUID.randomUUID())
                .member(community, UUID.randomUUID())
                .household(UUID.randomUUID())
                .building(UUID.randomUUID())
                .display("王*")
                .roles(ROLES.toArray(String[]::new))
                .scope("operator", "service")
                .sign());
    }

    private static void refused(
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
    }

    private static String text(EntityExchangeResult<byte[]> result) {
        var body = result.getResponseBody();
        return body == null ? "" : new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
}
