package io.linli.dispatch.hours;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How hours are counted, under `linli.dispatch.hours`.
///
/// @param creditMax the most one task can be credited, so that a task somebody forgot to close does not count a day
/// @param correctionMaxAge how far back a correction may count
/// @param pointsPerHour points for each hour given
/// @param pointsPerTask points for each task carried out
@ConfigurationProperties("linli.dispatch.hours")
public record HoursSettings(
        @DefaultValue("4h") Duration creditMax,
        @DefaultValue("366d") Duration correctionMaxAge,
        @DefaultValue("6") int pointsPerHour,
        @DefaultValue("1") int pointsPerTask) {}
