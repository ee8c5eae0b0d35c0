package io.linli.kit.web;

import io.linli.kit.Trace;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Turns whatever went wrong into one `application/problem+json` answer; what is not expected becomes a 500 that tells
/// nothing but a trace id, and is logged. *Source:* RFC 9457.
@Order(-2)
public final class ProblemResponses implements WebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemResponses.class);

    private final MessageSource texts;
    private final JsonMapper json;
    private final ObjectProvider<Tracer> tracer;

    ProblemResponses(MessageSource texts, JsonMapper json, ObjectProvider<Tracer> tracer) {
        this.texts = texts;
        this.json = json;
        this.tracer = tracer;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        return Mono.deferContextual(context -> Trace.on(context, () -> tell(exchange, failure)));
    }

    private Mono<Void> tell(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        var problem = Failures.toProblem(failure);
        if (problem.status().value() == 500) {
            log.error(
                    "{} {} failed",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    failure);
        } else if (problem.status().value() == 503) {
            log.warn(
                    "{} {} refused: {}",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    String.valueOf(failure));
        }
        return write(exchange, problem);
    }

    private Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        var language = language(exchange.getRequest().getHeaders());
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "/problems/" + problem.slug());
        body.put("title", problem.status().getReasonPhrase());
        body.put("status", problem.status().value());
        body.put("detail", texts.getMessage(problem.slug(), problem.args(), problem.slug(), language));
        body.put("instance", exchange.getRequest().getPath().value());
        if (traceId() instanceof String trace) {
            body.put("traceId", trace);
        }
        if (!problem.errors().isEmpty()) {
            body.put("errors", problem.errors());
        }
        var response = exchange.getResponse();
        response.setStatusCode(problem.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLanguage(language);
        if (problem.retryAfter() instanceof Duration wait) {
            response.getHeaders()
                    .set(
                            HttpHeaders.RETRY_AFTER,
                            String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
        if (problem.status() == HttpStatus.UNAUTHORIZED) {
            response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        var bytes = response.bufferFactory().wrap(json.writeValueAsBytes(body));
        return response.writeWith(Mono.just(bytes));
    }

    private @Nullable String traceId() {
        var found = tracer.getIfAvailable();
        Span span = found == null ? null : found.currentSpan();
        return span == null ? null : span.context().traceId();
    }

    /// Chinese unless the caller prefers English.
    private static Locale language(HttpHeaders headers) {
        try {
            var preferred = Locale.lookup(
                    headers.getAcceptLanguage(), List.of(Locale.SIMPLIFIED_CHINESE, Locale.CHINESE, Locale.ENGLISH));
            return Locale.ENGLISH.equals(preferred) ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        } catch (IllegalArgumentException malformed) {
            return Locale.SIMPLIFIED_CHINESE;
        }
    }
}
