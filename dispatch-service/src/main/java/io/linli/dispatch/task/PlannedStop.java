package io.linli.dispatch.task;

import java.time.Instant;
import java.util.UUID;

/// Where a task stands in its volunteer's route, from 1, and when it is expected to be done.
public record PlannedStop(UUID task, UUID volunteer, int number, Instant eta) {}
