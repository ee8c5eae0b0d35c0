package io.linli.dispatch.exposure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How far volunteers are exposed, under `linli.dispatch.exposure`.
///
/// @param closedBuildingsPerWeekMax how many different closed buildings one volunteer enters in any seven days
@ConfigurationProperties("linli.dispatch.exposure")
public record ExposureSettings(@DefaultValue("3") int closedBuildingsPerWeekMax) {}
