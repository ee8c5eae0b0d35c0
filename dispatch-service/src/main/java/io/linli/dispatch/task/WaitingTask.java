package io.linli.dispatch.task;

import java.util.Set;
import java.util.UUID;

/// A task that nobody holds; *Units*: x and y are metres from the gate. `barred` are the volunteers not to be asked.
public record WaitingTask(
        UUID id,
        TaskKind kind,
        UUID household,
        UUID building,
        double x,
        double y,
        int floor,
        boolean lift,
        long weightGrams,
        Needs needs,
        Set<UUID> barred) {}
