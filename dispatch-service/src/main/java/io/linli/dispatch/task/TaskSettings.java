package io.linli.dispatch.task;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set under `linli.dispatch.task`.
///
/// @param attemptsMax how often a task is tried until a coordinator has to look
/// @param retryAfter how long to wait after an attempt that failed
@ConfigurationProperties("linli.dispatch.task")
public record TaskSettings(
        @DefaultValue("2") int attemptsMax,
        @DefaultValue("30m") Duration retryAfter) {

    Task.Retry retry() {
        return new Task.Retry(attemptsMax, retryAfter);
    }
}
