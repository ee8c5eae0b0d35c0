package io.linli.dispatch.task;

import java.time.Instant;
import java.util.UUID;

/// Where a task stands in its volunteer's route, from 1, and when its service is planned to begin.
public record PlannedStop(UUID task, UUID volunteer, int number, Instant eta) {}
