package io.linli.dispatch.volunteer;

import java.util.UUID;

/// A member who carries; *Units*: x and y are metres from the gate, where the volunteer starts.
record Volunteer(
        UUID member,
        int maxLoadGrams,
        long loadGrams,
        double x,
        double y,
        Abilities abilities,
        Availability availability) {}
