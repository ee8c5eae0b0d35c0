package io.linli.dispatch.volunteer;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a volunteer can do, and the limits they set; one that is absent is none.
///
/// @param buildings the only ones they enter; all, when there is none
/// @param floorsOnFootMax the most floors without a lift
/// @param minutesPerDayMax by the days of their community
/// @param tripsMax rounds from the station in one shift
public record Abilities(
        Set<Skill> skills,
        Set<UUID> buildings,
        @Nullable Integer floorsOnFootMax,
        @Nullable Integer minutesPerDayMax,
        @Nullable Integer tripsMax) {}
