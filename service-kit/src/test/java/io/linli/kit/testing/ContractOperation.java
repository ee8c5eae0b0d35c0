package io.linli.kit.testing;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/// One operation of a contract, and how to call it with values made from its own description.
record ContractOperation(HttpMethod method, String path, Operation operation, boolean isSecured) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COMMUNITY = "communityId";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    static List<ContractOperation> all(OpenAPI contract) {
        var all = new ArrayList<ContractOperation>();
        contract.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> all.add(new ContractOperation(
                                HttpMethod.valueOf(method.name()),
                                path,
                                withParametersOf(item, operation),
                                isSecured(contract, operation)))));
        return all;
    }

    private static Operation withParametersOf(PathItem item, Operation operation) {
        if (item.getParameters() != null) {
            item.getParameters().forEach(operation::addParametersItem);
        }
        return operation;
    }

    private static boolean isSecured(OpenAPI contract, Operation operation) {
        var security = operation.getSecurity() == null ? contract.getSecurity() : operation.getSecurity();
        return security != null && security.stream().noneMatch(Map::isEmpty) && !security.isEmpty();
    }

    private Stream<Parameter> parameters(String in) {
        return operation.getParameters() == null
                ? Stream.empty()
                : operation.getParameters().stream().filter(parameter -> in.equals(parameter.getIn()));
    }

    boolean hasCommunity() {
        return path.contains("{" + COMMUNITY + "}");
    }

    /// Names a thing of the community, or at least something in the path beside it.
    boolean hasOwnId() {
        return isSecured && parameters("path").anyMatch(parameter -> isId(parameter) && !isCommunity(parameter));
    }

    boolean hasId() {
        return parameters("path").anyMatch(ContractOperation::isId);
    }

    private static boolean isCommunity(Parameter parameter) {
        return COMMUNITY.equals(parameter.getName());
    }

    private static boolean isId(Parameter parameter) {
        return parameter.getSchema() != null
                && "uuid".equals(parameter.getSchema().getFormat());
    }

    boolean hasJsonBody() {
        var body = operation.getRequestBody();
        return body != null && body.getContent() != null && body.getContent().containsKey("application/json");
    }

    boolean isIdempotent() {
        return parameters("header").anyMatch(parameter -> IDEMPOTENCY_KEY.equals(parameter.getName()));
    }

    String id() {
        return operation.getOperationId();
    }

    Set<String> documentedStatuses() {
        return operation.getResponses().keySet();
    }

    /// A call in this community with unknown ids everywhere else.
    Call call(UUID community) {
        return call(parameter -> isCommunity(parameter) ? community.toString() : sample(parameter));
    }

    /// A call about these things, in the order the path names them.
    Call call(UUID[] ids) {
        var next = List.of(ids).iterator();
        return call(parameter -> isId(parameter) ? next.next().toString() : sample(parameter));
    }

    Call callWithMalformedIds() {
        return call(parameter -> isId(parameter) ? "no-uuid" : sample(parameter));
    }

    private Call call(Function<Parameter, String> value) {
        var url = path;
        for (var parameter : parametersInPath()) {
            url = url.replace("{" + parameter.getName() + "}", value.apply(parameter));
        }
        var key = isIdempotent() ? UUID.randomUUID().toString() : null;
        return new Call(this, withRequiredQuery(url), null, MediaType.APPLICATION_JSON, key);
    }

    /// A contract may list them in another order.
    private List<Parameter> parametersInPath() {
        return parameters("path")
                .sorted(Comparator.comparing(parameter -> path.indexOf("{" + parameter.getName() + "}")))
                .toList();
    }

    private String withRequiredQuery(String url) {
        var query = parameters("query")
                .filter(parameter -> Boolean.TRUE.equals(parameter.getRequired()))
                .map(parameter -> parameter.getName() + "=" + sample(parameter))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? url : url + "?" + query;
    }

    private static String sample(Parameter parameter) {
        if (isId(parameter)) {
            return UUID.randomUUID().toString();
        }
        if (parameter.getExample() != null) {
            return parameter.getExample().toString();
        }
        var schema = parameter.getSchema();
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().getFirst().toString();
        }
        return schema.getExample() != null ? schema.getExample().toString() : "unknown";
    }

    /// The first example of the request body; contracts give one for each.
    private @Nullable String exampleBody() {
        if (!hasJsonBody()) {
            return null;
        }
        Content content = operation.getRequestBody().getContent();
        var json = content.get("application/json");
        Object example = json.getExample();
        if (example == null && json.getExamples() != null) {
            example = json.getExamples().values().stream()
                    .map(Example::getValue)
                    .findFirst()
                    .orElse(null);
        }
        if (example == null && json.getSchema() != null) {
            example = json.getSchema().getExample();
        }
        if (example == null) {
            throw new AssertionError(this + " gives no example of its request body");
        }
        return example instanceof Map ? JSON.writeValueAsString(example) : example.toString();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    /// One request made from the operation.
    record Call(
            ContractOperation operation,
            String url,
            @Nullable String body,
            MediaType type,
            @Nullable String key) {

        Call withBody(@Nullable String text) {
            return new Call(operation, url, text, type, key);
        }

        Call withJson(@Nullable Object value) {
            return withBody(value == null ? null : JSON.writeValueAsString(value));
        }

        Call withExampleBody() {
            return withBody(operation.exampleBody());
        }

        Call as(MediaType other) {
            return new Call(operation, url, body, other, key);
        }

        Call withIdempotencyKey(@Nullable String other) {
            return new Call(operation, url, body, type, other);
        }

        EntityExchangeResult<byte[]> send(WebTestClient client) {
            var request = client.method(operation.method()).uri(url);
            if (key != null) {
                request.header(IDEMPOTENCY_KEY, key);
            }
            if (body != null) {
                request.contentType(type).bodyValue(body.getBytes(StandardCharsets.UTF_8));
            }
            return request.exchange().expectBody().returnResult();
        }
    }
}
