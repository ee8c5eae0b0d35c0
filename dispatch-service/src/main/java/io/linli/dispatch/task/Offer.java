package io.linli.dispatch.task;

import java.util.UUID;

/// A task to be offered to a volunteer.
public record Offer(UUID task, UUID volunteer) {}
