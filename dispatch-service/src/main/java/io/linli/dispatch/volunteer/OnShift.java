package io.linli.dispatch.volunteer;

import io.linli.dispatch.training.TrainingKind;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A volunteer on shift who can carry more; *Units*: x and y are metres from the gate, where the volunteer starts.
///
/// @param trainings those that count now
/// @param minutesLeftToday of the most they give in a day, at least 1; null when they set no limit
/// @param closedBuildings those entered in the last seven days, which may be entered again
/// @param closedBuildingsLeft how many further closed buildings may be entered now
/// @param minutesGiven credited in the time that fairness looks back
public record OnShift(
        UUID volunteer,
        double x,
        double y,
        long freeGrams,
        Instant shiftEndsAt,
        Abilities abilities,
        Set<TrainingKind> trainings,
        @Nullable Long minutesLeftToday,
        Set<UUID> closedBuildings,
        int closedBuildingsLeft,
        long minutesGiven) {}
