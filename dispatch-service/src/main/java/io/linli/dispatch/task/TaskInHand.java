package io.linli.dispatch.task;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A task that a volunteer was offered, accepted or carries; *Units*: x and y are metres from the gate.
///
/// @param state as contracts spell it
/// @param stopNo where it stands in the volunteer's route, from 1, once an assignment has said so
public record TaskInHand(
        UUID id,
        UUID volunteer,
        TaskKind kind,
        String state,
        UUID building,
        String buildingName,
        double x,
        double y,
        int floor,
        boolean lift,
        @Nullable String label,
        long weightGrams,
        Window window,
        @Nullable Integer stopNo,
        @Nullable Instant eta) {}
