package io.linli.dispatch.building;

import java.util.UUID;

/// Where a building stands; *Units*: x and y are metres east and north of the gate.
///
/// @param closed whether going in exposes a volunteer
public record Building(UUID id, String name, double x, double y, int floors, boolean lift, boolean closed) {}
