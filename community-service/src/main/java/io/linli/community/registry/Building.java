package io.linli.community.registry;

import java.util.UUID;

/// A building; `x` and `y` say where its door is. *Units:* metres east and north of the gate.
record Building(UUID id, String name, int x, int y, int floors, boolean lift) {}
