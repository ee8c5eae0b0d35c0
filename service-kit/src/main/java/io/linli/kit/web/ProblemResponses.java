package io.linli.kit.web;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import jakarta.validation.ConstraintViolationException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Turns whatever went wrong into one `application/problem+json` answer; what is not expected becomes a 500 that tells
/// nothing but a trace id, and is logged. *Source:* RFC 9457.
@Order(-2)
public final class ProblemResponses implements WebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemResponses.class);
    private static final Duration RETRY_SOON = Duration.ofSeconds(2);

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
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        var problem = toProblem(failure);
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

    private static Problem toProblem(Throwable failure) {
        if (caused(failure, DataBufferLimitException.class)) {
            return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "body-too-large");
        }
        return switch (failure) {
            case Problem problem -> problem;
            case WebExchangeBindException invalid ->
                Problem.of(HttpStatus.BAD_REQUEST, "invalid-request")
                        .errors(invalid.getFieldErrors().stream()
                                .map(error ->
                                        new Problem.FieldError(error.getField(), message(error.getDefaultMessage())))
                                .toList());
            case ConstraintViolationException invalid ->
                Problem.of(HttpStatus.BAD_REQUEST, "invalid-request")
                        .errors(invalid.getConstraintViolations().stream()
                                .map(error -> new Problem.FieldError(
                                        lastName(error.getPropertyPath().toString()), error.getMessage()))
                                .toList());
            case ResponseStatusException known ->
                ofStatus(HttpStatus.valueOf(known.getStatusCode().value()));
            case AuthenticationServiceException _ ->
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "identity-unavailable")
                        .retryAfter(RETRY_SOON);
            case InvalidBearerTokenException _ -> Problem.of(HttpStatus.UNAUTHORIZED, "token-invalid");
            case AuthenticationException _ -> Problem.of(HttpStatus.UNAUTHORIZED, "token-required");
            case AccessDeniedException _ -> Problem.of(HttpStatus.FORBIDDEN, "access-denied");
            default ->
                isInfrastructure(failure)
                        ? Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "temporarily-unavailable")
                                .retryAfter(RETRY_SOON)
                        : Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error");
        };
    }

    private static Problem ofStatus(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> Problem.of(status, "malformed-request");
            case NOT_FOUND -> Problem.of(status, "not-found");
            case METHOD_NOT_ALLOWED -> Problem.of(status, "method-not-allowed");
            case NOT_ACCEPTABLE -> Problem.of(status, "not-acceptable");
            case CONTENT_TOO_LARGE -> Problem.of(status, "body-too-large");
            case UNSUPPORTED_MEDIA_TYPE -> Problem.of(status, "unsupported-media-type");
            case SERVICE_UNAVAILABLE, GATEWAY_TIMEOUT, BAD_GATEWAY ->
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "temporarily-unavailable")
                        .retryAfter(RETRY_SOON);
            default ->
                status.is4xxClientError()
                        ? Problem.of(status, "malformed-request")
                        : Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error");
        };
    }

    /// The database or a partner did not answer, or asked to come back: worth trying again, nothing was decided.
    private static boolean isInfrastructure(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof TransactionException
                || failure instanceof TransientDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof R2dbcTransientException
                || failure instanceof R2dbcNonTransientResourceException
                || (failure instanceof R2dbcException && failure.getCause() instanceof java.io.IOException)
                || failure instanceof java.io.IOException;
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String message(@Nullable String text) {
        return text == null ? "invalid" : text;
    }
}
