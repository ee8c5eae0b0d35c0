package io.linli.kit.web;

import io.linli.kit.web.Problem.FieldError;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;

/// Which problem a failure is told as. What is unknown here is our fault and becomes `internal-error`.
final class Failures {
    private static final Duration RETRY_SOON = Duration.ofSeconds(2);

    private Failures() {}

    static Problem toProblem(Throwable failure) {
        if (causes(failure).anyMatch(DataBufferLimitException.class::isInstance)) {
            return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "body-too-large");
        }
        return switch (failure) {
            case Problem problem -> problem;
            case WebExchangeBindException invalid ->
                Problem.of(HttpStatus.BAD_REQUEST, "invalid-request").errors(fields(invalid));
            case ConstraintViolationException invalid ->
                Problem.of(HttpStatus.BAD_REQUEST, "invalid-request").errors(fields(invalid));
            case HandlerMethodValidationException invalid ->
                Problem.of(HttpStatus.BAD_REQUEST, "invalid-request").errors(fields(invalid));
            case ServerWebInputException unreadable ->
                ofStatus(HttpStatus.valueOf(unreadable.getStatusCode().value())).errors(fields(unreadable));
            case ResponseStatusException known ->
                ofStatus(HttpStatus.valueOf(known.getStatusCode().value()));
            case AuthenticationServiceException _ ->
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "identity-unavailable")
                        .retryAfter(RETRY_SOON);
            case InvalidBearerTokenException _ -> Problem.of(HttpStatus.UNAUTHORIZED, "token-invalid");
            case AuthenticationException _ -> Problem.of(HttpStatus.UNAUTHORIZED, "token-required");
            case AccessDeniedException _ -> Problem.of(HttpStatus.FORBIDDEN, "access-denied");
            default -> ofDatabase(failure);
        };
    }

    /// A value that PostgreSQL cannot hold (SQLSTATE class 22: NUL in a text, a year too far) is the caller's mistake
    /// even where the contract forgot to forbid it.
    private static Problem ofDatabase(Throwable failure) {
        var unstorable = causes(failure)
                .anyMatch(cause -> cause instanceof R2dbcException told
                        && told.getSqlState() instanceof String state
                        && state.startsWith("22"));
        if (unstorable) {
            return Problem.of(HttpStatus.BAD_REQUEST, "malformed-request");
        }
        return isInfrastructure(failure) ? unavailable() : internal();
    }

    private static Problem ofStatus(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> Problem.of(status, "not-found");
            case METHOD_NOT_ALLOWED -> Problem.of(status, "method-not-allowed");
            case NOT_ACCEPTABLE -> Problem.of(status, "not-acceptable");
            case CONTENT_TOO_LARGE -> Problem.of(status, "body-too-large");
            case UNSUPPORTED_MEDIA_TYPE -> Problem.of(status, "unsupported-media-type");
            case SERVICE_UNAVAILABLE, GATEWAY_TIMEOUT, BAD_GATEWAY -> unavailable();
            default -> status.is4xxClientError() ? Problem.of(status, "malformed-request") : internal();
        };
    }

    private static Problem unavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "temporarily-unavailable")
                .retryAfter(RETRY_SOON);
    }

    private static Problem internal() {
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error");
    }

    /// The database or a partner did not answer, or asked to come back: worth trying again, nothing was decided.
    private static boolean isInfrastructure(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof TimeoutException
                        || cause instanceof TransactionException
                        || cause instanceof TransientDataAccessException
                        || cause instanceof DataAccessResourceFailureException
                        || cause instanceof R2dbcTransientException
                        || cause instanceof R2dbcNonTransientResourceException
                        || cause instanceof IOException);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
    }

    private static List<FieldError> fields(WebExchangeBindException invalid) {
        return invalid.getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
    }

    private static List<FieldError> fields(ConstraintViolationException invalid) {
        return invalid.getConstraintViolations().stream()
                .map(error -> new FieldError(lastName(error.getPropertyPath().toString()), error.getMessage()))
                .toList();
    }

    private static List<FieldError> fields(HandlerMethodValidationException invalid) {
        return invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldError(
                                error instanceof org.springframework.validation.FieldError field
                                        ? field.getField()
                                        : String.valueOf(
                                                result.getMethodParameter().getParameterName()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
    }

    /// Where in the body or among the parameters it could not be read; never the text of an internal exception.
    private static List<FieldError> fields(ServerWebInputException unreadable) {
        var parameter = unreadable.getMethodParameter();
        var body = causes(unreadable)
                .filter(JacksonException.class::isInstance)
                .map(cause -> path((JacksonException) cause))
                .findFirst();
        var name = body.orElseGet(() -> parameter == null ? "" : String.valueOf(parameter.getParameterName()));
        return name.isEmpty() ? List.of() : List.of(new FieldError(name, "cannot be read"));
    }

    private static String path(JacksonException unreadable) {
        return unreadable.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
