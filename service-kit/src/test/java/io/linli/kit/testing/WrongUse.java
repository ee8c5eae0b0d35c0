package io.linli.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.web.Writes;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.test.web.reactive.server.WebTestClient;

/// Uses every operation of every contract of a service wrongly and expects a documented problem each time.
///
/// ```java
/// @TestFactory
/// Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
///     return WrongUse.of(service)
///             .inWrongState("closeOrder", "order-closed", () -> new Attempt(token, null, community, closedOrder()))
///             .allowedInEveryState("renameOrder")
///             .tests();
/// }
/// ```
/// Which state refuses a write only the service can say: for each operation that takes an idempotency key it names a
/// wrong state, or that there is none. An operation left out fails, and so does one that the contracts don't have.
public final class WrongUse {

    /// What the kit itself offers has no wrong state: a message that is not parked is not there.
    private static final String REPLAY = "replayParked";

    private final ServiceUnderTest service;
    private final Map<String, WrongState> wrongStates = new HashMap<>();
    private final Set<String> withoutState = new HashSet<>(Set.of(REPLAY));
    private BiFunction<UUID, String, UUID> owner = (_, _) -> Writes.PLATFORM;

    /// One request in the wrong state: who asks, the body, and the ids in the path from left to right.
    public record Attempt(String token, @Nullable Object body, UUID... ids) {}

    private record WrongState(String problem, Supplier<Attempt> attempt) {}

    private WrongUse(ServiceUnderTest service) {
        this.service = service;
    }

    public static WrongUse of(ServiceUnderTest service) {
        return new WrongUse(service);
    }

    /// Brings something into a state in which this operation is refused (409) with this problem, and says how to ask.
    public WrongUse inWrongState(String operationId, String problem, Supplier<Attempt> attempt) {
        wrongStates.put(operationId, new WrongState(problem, attempt));
        return this;
    }

    /// These write whatever state the thing is in.
    public WrongUse allowedInEveryState(String... operationIds) {
        withoutState.addAll(List.of(operationIds));
        return this;
    }

    /// Where the service keeps the keys of callers outside a community, unless with the platform.
    public WrongUse keepingKeysUnder(BiFunction<UUID, String, UUID> owner) {
        this.owner = owner;
        return this;
    }

    /// One test per operation and kind of wrong use. The contracts are read when the tests are listed.
    public Stream<DynamicTest> tests() {
        var operations = operations(service.contracts());
        var requests = new WrongRequests(service.client(), service.tokens());
        var keys = new WrongKeys(service, requests, owner);
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("states are told of writes only", () -> toldOfWrites(operations))),
                operations.stream().flatMap(operation -> tests(operation, requests, keys)));
    }

    /// What the edge answers by itself, for every operation of the contracts behind it that it routes.
    public static Stream<DynamicTest> atTheEdge(WebTestClient anonymous, TestTokens tokens, List<String> contracts) {
        var requests = new WrongRequests(anonymous, tokens);
        return operations(contracts).stream()
                .filter(operation -> !operation.path().startsWith("/internal/"))
                .flatMap(operation -> Stream.of(
                        test(true, operation, "documents its limits", documents("429", "503")),
                        test(operation.isSecured(), operation, "with no token", requests::withoutToken),
                        test(operation.isSecured(), operation, "with a token that ran out", requests::withExpiredToken),
                        test(operation.hasJsonBody(), operation, "with a huge body", requests::withHugeBody)))
                .flatMap(test -> test);
    }

    private Stream<DynamicTest> tests(ContractOperation operation, WrongRequests requests, WrongKeys keys) {
        var secured = operation.isSecured();
        var hasBody = operation.hasJsonBody();
        var writes = operation.isIdempotent();
        return Stream.of(
                        test(secured, operation, "with no token", requests::withoutToken),
                        test(secured, operation, "with a token that ran out", requests::withExpiredToken),
                        test(
                                operation.hasCommunity(),
                                operation,
                                "with a foreign community",
                                requests::inForeignCommunity),
                        test(operation.hasOwnId(), operation, "with an unknown id", requests::withUnknownId),
                        test(operation.hasId(), operation, "with an id that is none", requests::withMalformedId),
                        test(hasBody, operation, "with malformed JSON", requests::withMalformedJson),
                        test(hasBody, operation, "with a body that is a list", requests::withListBody),
                        test(hasBody, operation, "with a huge body", requests::withHugeBody),
                        test(hasBody, operation, "with another media type", requests::withOtherMediaType),
                        test(writes, operation, "with no idempotency key", requests::withoutIdempotencyKey),
                        test(writes, operation, "with a key of another body", keys::ofAnotherBody),
                        test(writes, operation, "with a key in flight", keys::inFlight),
                        test(
                                isBoundToState(operation),
                                operation,
                                "with a wrong state",
                                it -> inWrongState(it, requests)),
                        test(hasBody, operation, "documents how its body is refused", documents("408", "413", "415")))
                .flatMap(test -> test);
    }

    private static Stream<DynamicTest> test(
            boolean applies, ContractOperation operation, String what, Consumer<ContractOperation> test) {
        return applies
                ? Stream.of(DynamicTest.dynamicTest(operation + " " + what, () -> test.accept(operation)))
                : Stream.empty();
    }

    private static Consumer<ContractOperation> documents(String... statuses) {
        return operation -> assertThat(operation.documentedStatuses())
                .as("documented statuses of %s", operation)
                .contains(statuses);
    }

    private boolean isBoundToState(ContractOperation operation) {
        return operation.isIdempotent() && !withoutState.contains(operation.id());
    }

    private void inWrongState(ContractOperation operation, WrongRequests requests) {
        var state = wrongStates.get(operation.id());
        assertThat(state)
                .as("%s needs a wrong state, or to be allowed in every state", operation.id())
                .isNotNull();
        var answer = requests.inWrongState(operation, state.attempt().get());
        assertThat(answer).contains("/problems/" + state.problem() + "\"");
    }

    private void toldOfWrites(List<ContractOperation> operations) {
        var writes = operations.stream()
                .filter(ContractOperation::isIdempotent)
                .map(ContractOperation::id)
                .collect(Collectors.toSet());
        assertThat(wrongStates.keySet()).isSubsetOf(writes).doesNotContainAnyElementsOf(withoutState);
        assertThat(withoutState).isSubsetOf(writes);
    }

    private static List<ContractOperation> operations(List<String> contracts) {
        return contracts.stream()
                .map(WrongUse::parse)
                .flatMap(contract -> ContractOperation.all(contract).stream())
                .toList();
    }

    private static OpenAPI parse(String yaml) {
        var options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        return new OpenAPIV3Parser().readContents(yaml, null, options).getOpenAPI();
    }
}
