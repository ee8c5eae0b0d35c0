package io.linli.kit.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// A refusal told to the caller as `application/problem+json`: type `/problems/<slug>`, detail from the service's
/// `problems/` texts in the caller's language. *Source:* RFC 9457.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String slug;
    private final transient Object[] args;
    private final @Nullable Duration retryAfter;
    private final transient List<FieldError> errors;

    /// One wrong field of a request: a dotted path and what is wrong with it.
    public record FieldError(String field, String message) {}

    private Problem(
            HttpStatus status, String slug, Object[] args, @Nullable Duration retryAfter, List<FieldError> errors) {
        super(slug, null, false, false);
        this.status = status;
        this.slug = slug;
        this.args = args;
        this.retryAfter = retryAfter;
        this.errors = errors;
    }

    /// A problem whose detail is the text `slug` with `args` filled in (`java.text.MessageFormat`).
    public static Problem of(HttpStatus status, String slug, Object... args) {
        return new Problem(status, slug, args, null, List.of());
    }

    /// The same problem with a `Retry-After` header, in whole seconds rounded up.
    public Problem retryAfter(Duration wait) {
        return new Problem(status, slug, args, wait, errors);
    }

    /// The same problem naming the wrong fields.
    public Problem errors(List<FieldError> wrong) {
        return new Problem(status, slug, args, retryAfter, List.copyOf(wrong));
    }

    public HttpStatus status() {
        return status;
    }

    public String slug() {
        return slug;
    }

    Object[] args() {
        return args;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    List<FieldError> errors() {
        return errors;
    }
}
