package io.linli.kit.web;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;

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
                Problem.of(HttpStatus.BAD_REQUEST, "invalid-request").errors(WrongFields.of(invalid));
            case ConstraintViolationException invalid ->
                Problem.of(HttpStatus.BAD_REQUEST, "invalid-request").errors(WrongFields.of(invalid));
            case HandlerMethodValidationException invalid ->
                Problem.of(HttpStatus.BAD_REQUEST, "invalid-request").errors(WrongFields.of(invalid));
            case ServerWebInputException unreadable ->
                ofStatus(HttpStatus.valueOf(unreadable.getStatusCode().value())).errors(WrongFields.of(unreadable));
            case ResponseStatusException known ->
                ofStatus(HttpStatus.valueOf(known.getStatusCode().value()));
            case InvalidMimeTypeException _ -> Problem.of(HttpStatus.NOT_ACCEPTABLE, "not-acceptable");
            case ServerExchangeRejectedException _ -> Problem.of(HttpStatus.BAD_REQUEST, "malformed-request");
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

    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
    }
}
