package io.linli.dispatch.help;

import io.linli.dispatch.help.clock.Urgency;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was asked for, and for whom; `building` is absent as long as nobody told where the household lives.
record HelpAsk(
        UUID household, @Nullable UUID building, UUID askedBy, Kind kind, Urgency urgency, int need, Instant at) {

    enum Kind {
        MEDICINE,
        ERRAND,
        MEDICAL_ADVICE,
        PSYCHOLOGICAL_ADVICE,
        REPAIR,
        CHECK_IN_VISIT
    }

    HelpAsk corrected(Urgency otherUrgency, int otherNeed) {
        return new HelpAsk(household, building, askedBy, kind, otherUrgency, otherNeed, at);
    }
}
