package io.linli.kit.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.report.ValidationReport.MessageContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Holds every exchange of a test client against the OpenAPI contracts of the service.
///
/// The response must be documented: its status, its media type, its body. The request must be documented when the
/// service accepted it (2xx); wrong requests are sent on purpose. Event streams are checked by status only.
/// *Errors*: [ContractViolation] that names each violation; the body stays readable for the test.
public final class ContractFilter implements ExchangeFilterFunction {

    private static final Set<String> UNKNOWN =
            Set.of("validation.request.path.missing", "validation.request.operation.notAllowed");

    /// Not part of any contract: probes, metrics and the contract itself.
    private static final List<String> OUTSIDE = List.of("/livez", "/readyz", "/actuator/", "/openapi.yaml");

    static final String CLASS_PATH = "classpath*:openapi/*.yaml";

    /// Reading a contract takes much longer than using it.
    private static final Map<String, OpenApiInteractionValidator> VALIDATORS = new ConcurrentHashMap<>();

    private final List<OpenApiInteractionValidator> contracts;

    private ContractFilter(List<OpenApiInteractionValidator> contracts) {
        this.contracts = contracts;
    }

    /// A filter for these contracts, each a YAML text.
    public static ContractFilter of(List<String> yamls) {
        return new ContractFilter(yamls.stream()
                .map(yaml -> VALIDATORS.computeIfAbsent(yaml, ContractFilter::validator))
                .toList());
    }

    /// A filter for all contracts on the class path: the service's own and the kit's.
    public static ContractFilter ofClassPath() {
        return of(read(CLASS_PATH));
    }

    private static OpenApiInteractionValidator validator(String yaml) {
        return OpenApiInteractionValidator.createForInlineApiSpecification(yaml).build();
    }

    static List<String> read(String resourcePattern) {
        try {
            var found = new PathMatchingResourcePatternResolver().getResources(resourcePattern);
            return Arrays.stream(found)
                    .sorted(Comparator.comparing(Resource::getFilename))
                    .map(ContractFilter::text)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(Resource contract) {
        try {
            return contract.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        if (OUTSIDE.stream().anyMatch(request.url().getPath()::startsWith)) {
            return next.exchange(request);
        }
        var recorded = new RecordedRequest();
        return next.exchange(recorded.recording(request)).flatMap(response -> checked(request, recorded, response));
    }

    private Mono<ClientResponse> checked(ClientRequest request, RecordedRequest recorded, ClientResponse response) {
        boolean stream = response.headers()
                .contentType()
                .filter(MediaType.TEXT_EVENT_STREAM::isCompatibleWith)
                .isPresent();
        if (stream) {
            return Mono.just(response);
        }
        return response.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).map(body -> {
            check(toRequest(request, recorded), toResponse(response, body));
            return response.mutate()
                    .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)))
                    .build();
        });
    }

    private void check(Request request, Response response) {
        boolean accepted = response.getStatus() >= 200 && response.getStatus() < 300;
        var contract = contracts.stream()
                .filter(candidate -> knows(candidate.validateRequest(request)))
                .findFirst();
        if (contract.isEmpty()) {
            if (accepted) {
                throw new ContractViolation(line(request, response) + "\n  no contract documents this operation");
            }
            return;
        }
        var violations = violations(contract.get().validateResponse(request.getPath(), request.getMethod(), response));
        if (accepted) {
            violations += violations(contract.get().validateRequest(request));
        }
        if (!violations.isEmpty()) {
            throw new ContractViolation(line(request, response) + violations + body(response));
        }
    }

    private static boolean knows(ValidationReport report) {
        return report.getMessages().stream().noneMatch(message -> UNKNOWN.contains(message.getKey()));
    }

    private static String violations(ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .map(ContractFilter::violation)
                .collect(Collectors.joining());
    }

    private static String violation(ValidationReport.Message message) {
        var nested = message.getNestedMessages().stream()
                .map(inner -> "\n    " + inner.getMessage())
                .collect(Collectors.joining());
        return "\n  " + message.getKey() + where(message) + ": " + message.getMessage() + nested;
    }

    private static String where(ValidationReport.Message message) {
        var context = message.getContext();
        var parameter = context.flatMap(MessageContext::getParameter).map(found -> found.getName());
        var pointer = context.flatMap(MessageContext::getPointers).map(found -> found.getInstance());
        return parameter.or(() -> pointer).map(place -> " at " + place).orElse("");
    }

    private static String line(Request request, Response response) {
        return "contract violated by %s %s -> %d"
                .formatted(request.getMethod(), request.getPath(), response.getStatus());
    }

    private static String body(Response response) {
        return response.getResponseBody()
                .map(body -> {
                    try {
                        return "\n  body: " + body.toString(StandardCharsets.UTF_8);
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                })
                .orElse("");
    }

    private static Request toRequest(ClientRequest request, RecordedRequest recorded) {
        URI url = request.url();
        var builder = new SimpleRequest.Builder(request.method().name(), url.getPath());
        UriComponentsBuilder.fromUri(url)
                .build()
                .getQueryParams()
                .forEach((name, values) -> builder.withQueryParam(name, decoded(values)));
        request.headers().forEach((name, values) -> builder.withHeader(name, values));
        recorded.contentType().ifPresent(builder::withContentType);
        if (recorded.body().length > 0) {
            builder.withBody(recorded.body());
        }
        return builder.build();
    }

    private static List<String> decoded(List<String> values) {
        return values.stream()
                .map(value -> value == null ? "" : java.net.URLDecoder.decode(value, StandardCharsets.UTF_8))
                .toList();
    }

    private static Response toResponse(ClientResponse response, byte[] body) {
        var builder = SimpleResponse.Builder.status(response.statusCode().value());
        response.headers().asHttpHeaders().forEach((name, values) -> builder.withHeader(name, values));
        if (body.length > 0) {
            builder.withBody(body);
        }
        return builder.build();
    }
}
