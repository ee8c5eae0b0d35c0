package io.linli.partner.payment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the payment provider says about one payment; fields beyond these are ignored. *Units:* fen.
///
/// @param reference of the payment, or of the refund where `kind` is `refunded`: an id of ours
@JsonIgnoreProperties(ignoreUnknown = true)
record Notice(String kind, UUID reference, long amountFen, Instant occurredAt) {
    /// RFC 3339 writes years with four digits.
    private static final Instant YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

    Notice(@Nullable String kind, @Nullable UUID reference, long amountFen, @Nullable Instant occurredAt) {
        if (kind == null || reference == null || amountFen < 1) {
            throw new IllegalArgumentException("a notice without kind, reference or amount");
        }
        if (occurredAt == null || occurredAt.isBefore(Instant.EPOCH) || !occurredAt.isBefore(YEAR_10000)) {
            throw new IllegalArgumentException("a notice without a time that can be");
        }
        this.kind = kind;
        this.reference = reference;
        this.amountFen = amountFen;
        this.occurredAt = occurredAt;
    }
}
