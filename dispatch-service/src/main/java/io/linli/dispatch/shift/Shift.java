package io.linli.dispatch.shift;

import io.linli.dispatch.DispatchSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A time in which a volunteer carries: from `startsAt`, up to but not including `endsAt`.
record Shift(UUID id, UUID member, Instant startsAt, Instant endsAt) {

    enum Flaw {
        ORDER,
        OVER,
        TOO_LONG,
        TOO_FAR
    }

    /// What speaks against taking this shift now.
    Optional<Flaw> flaw(Instant now, DispatchSettings settings) {
        if (!startsAt.isBefore(endsAt)) {
            return Optional.of(Flaw.ORDER);
        }
        if (!now.isBefore(endsAt)) {
            return Optional.of(Flaw.OVER);
        }
        if (Duration.between(startsAt, endsAt).compareTo(settings.shiftMax()) > 0) {
            return Optional.of(Flaw.TOO_LONG);
        }
        return startsAt.isAfter(now.plus(settings.shiftAheadMax())) ? Optional.of(Flaw.TOO_FAR) : Optional.empty();
    }
}
