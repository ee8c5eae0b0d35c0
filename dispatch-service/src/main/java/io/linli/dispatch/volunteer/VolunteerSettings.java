package io.linli.dispatch.volunteer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of what volunteers say of themselves, under `linli.dispatch.volunteers`.
///
/// @param pauseMax the longest pause
/// @param fairnessWindow over how long it is counted who gave how much, so that work is shared
@ConfigurationProperties("linli.dispatch.volunteers")
public record VolunteerSettings(
        @DefaultValue("365d") Duration pauseMax,
        @DefaultValue("28d") Duration fairnessWindow) {}
