package io.linli.dispatch.shift;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A volunteer's place in one shift of a plan; without a shift of their own they wait for one.
record ShiftPlace(
        UUID id,
        UUID plan,
        LocalDate day,
        UUID member,
        Instant startsAt,
        Instant endsAt,
        @Nullable UUID shift) {

    static ShiftPlace of(UUID id, ShiftPlan.Occurrence occurrence, UUID member, @Nullable UUID shift) {
        return new ShiftPlace(
                id,
                occurrence.plan().id(),
                occurrence.day(),
                member,
                occurrence.startsAt(),
                occurrence.endsAt(),
                shift);
    }

    Shift toShift(UUID id) {
        return new Shift(id, member, startsAt, endsAt);
    }

    boolean hasStarted(Instant now) {
        return !now.isBefore(startsAt);
    }
}
