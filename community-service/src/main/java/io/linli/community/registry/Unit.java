package io.linli.community.registry;

import java.util.UUID;

/// An entrance of a building with its own stairs.
record Unit(UUID id, UUID building, String name) {}
