package io.linli.kit.testing;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

    Set<String> documentedStatuses() {
        return operation.getResponses().keySet();
    }

    /// A call in this community with unknown ids everywhere else.
    Call call(UUID community) {
        var url = path;
        for (var parameter : parameters("path").toList()) {
            var value = isCommunity(parameter) ? community.toString() : sample(parameter);
            url = url.replace("{" + parameter.getName() + "}", value);
        }
        return new Call(this, withRequiredQuery(url), null, MediaType.APPLICATION_JSON, true);
    }

    Call callWithMalformedIds() {
        var url = path;
        for (var parameter : parameters("path").toList()) {
            url = url.replace("{" + parameter.getName() + "}", isId(parameter) ? "no-uuid" : sample(parameter));
        }
        return new Call(this, withRequiredQuery(url), null, MediaType.APPLICATION_JSON, true);
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
            boolean withKey) {

        Call withBody(String text) {
            return new Call(operation, url, text, type, withKey);
        }

        Call withExampleBody() {
            return new Call(operation, url, operation.exampleBody(), type, withKey);
        }

        Call as(MediaType other) {
            return new Call(operation, url, body, other, withKey);
        }

        Call withoutIdempotencyKey() {
            return new Call(operation, url, body, type, false);
        }

        EntityExchangeResult<byte[]> send(WebTestClient client) {
            var request = client.method(operation.method()).uri(url);
            if (withKey && operation.isIdempotent()) {
                request.header(IDEMPOTENCY_KEY, UUID.randomUUID().toString());
            }
            if (body != null) {
                request.contentType(type).bodyValue(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            return request.exchange().expectBody().returnResult();
        }
    }
}
