package io.linli.dispatch.capacity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How it is estimated what volunteers can carry, under `linli.dispatch.capacity`.
///
/// @param trip how long one round with a full load takes
@ConfigurationProperties("linli.dispatch.capacity")
public record CapacitySettings(@DefaultValue("30m") Duration trip) {}
