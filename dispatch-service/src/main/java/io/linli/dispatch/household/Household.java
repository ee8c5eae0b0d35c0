package io.linli.dispatch.household;

import java.util.UUID;

/// What dispatch knows of a household; *Units*: `need` is 0 to 3, the number of reasons why it cannot come down.
public record Household(UUID id, UUID building, int floor, int need) {}
