package io.linli.station.shelving;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the room on the shelves is estimated, under `linli.station.space`.
///
/// @param slotLitres what fits into one slot
/// @param clearedAfter when what lies on the shelves now will have been collected
@ConfigurationProperties("linli.station.space")
public record SpaceSettings(
        @DefaultValue("40") int slotLitres,
        @DefaultValue("2d") Duration clearedAfter) {}
