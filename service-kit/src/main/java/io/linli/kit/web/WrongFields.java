package io.linli.kit.web;

import io.linli.kit.web.Problem.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;

/// Which fields of a request are wrong, by the names that the contract gives them.
final class WrongFields {
    private WrongFields() {}

    static List<FieldError> of(WebExchangeBindException invalid) {
        return invalid.getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
    }

    static List<FieldError> of(ConstraintViolationException invalid) {
        return invalid.getConstraintViolations().stream()
                .map(error -> new FieldError(name(error), error.getMessage()))
                .toList();
    }

    static List<FieldError> of(HandlerMethodValidationException invalid) {
        return invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldError(
                                error instanceof org.springframework.validation.FieldError field
                                        ? field.getField()
                                        : name(result.getMethodParameter()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
    }

    /// Where in the body or among the parameters it could not be read; never the text of an internal exception.
    static List<FieldError> of(ServerWebInputException unreadable) {
        var parameter = unreadable.getMethodParameter();
        var body = Failures.causes(unreadable)
                .filter(JacksonException.class::isInstance)
                .map(cause -> path((JacksonException) cause))
                .findFirst();
        var name = body.orElseGet(() -> parameter == null ? "" : name(parameter));
        return name.isEmpty() ? List.of() : List.of(new FieldError(name, "cannot be read"));
    }

    private static String path(JacksonException unreadable) {
        return unreadable.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
    }

    /// The last step of the way; where that is a parameter, its name on the wire.
    private static String name(ConstraintViolation<?> violation) {
        var steps = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .toList();
        var last = steps.getLast();
        return last.getKind() == ElementKind.PARAMETER && steps.getFirst().getKind() == ElementKind.METHOD
                ? name(parameter(violation.getRootBean(), steps.getFirst().as(Path.MethodNode.class), last))
                : String.valueOf(last.getName());
    }

    private static MethodParameter parameter(Object controller, Path.MethodNode method, Path.Node parameter) {
        var types = method.getParameterTypes().toArray(Class<?>[]::new);
        try {
            var index = parameter.as(Path.ParameterNode.class).getParameterIndex();
            return new HandlerMethod(controller, method.getName(), types).getMethodParameters()[index];
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String name(MethodParameter parameter) {
        return Arrays.stream(parameter.getParameterAnnotations())
                .map(WrongFields::nameOnTheWire)
                .filter(StringUtils::hasText)
                .findFirst()
                .orElseGet(() -> String.valueOf(parameter.getParameterName()));
    }

    private static @Nullable String nameOnTheWire(Annotation annotation) {
        return switch (annotation) {
            case PathVariable path -> path.name();
            case RequestParam query -> query.name();
            case RequestHeader header -> header.name();
            default -> null;
        };
    }
}
