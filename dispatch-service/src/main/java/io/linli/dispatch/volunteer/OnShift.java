package io.linli.dispatch.volunteer;

import java.util.UUID;

/// A volunteer on shift who can carry more; *Units*: x and y are metres from the gate, where the volunteer starts.
public record OnShift(UUID volunteer, double x, double y, long freeGrams) {}
