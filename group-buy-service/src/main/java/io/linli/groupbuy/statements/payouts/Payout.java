package io.linli.groupbuy.statements.payouts;

import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.settlement.Account.Kind;
import io.linli.groupbuy.settlement.Occasion;
import io.linli.groupbuy.settlement.Transaction;
import io.linli.groupbuy.settlement.Transaction.Posting;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A party was paid of what it is owed, or a leader handed cash over to the community. *Units:* fen.
///
/// @param payee `clearing` when it is the community itself
/// @param paidByLeader who paid it out of cash; absent when it is of what the payment provider holds
/// @param reference by which people find it again
/// @param reversal absent unless it was taken back
record Payout(
        UUID id,
        Account payee,
        long fen,
        LocalDate paidOn,
        String reference,
        @Nullable UUID paidByLeader,
        UUID recordedBy,
        Instant recordedAt,
        @Nullable Reversal reversal) {
    private static final int DAYS_BACK_MAX = 366;

    /// It was recorded wrongly and is taken back.
    record Reversal(String reason, UUID by, Instant at) {}

    Payout with(Reversal reversed) {
        return new Payout(id, payee, fen, paidOn, reference, paidByLeader, recordedBy, recordedAt, reversed);
    }

    /// Cash that the community gets to keep for others; it is owed none of it.
    boolean isHandOver() {
        return payee.kind() == Kind.CLEARING;
    }

    /// Only a leader hands cash over, and only to the own community.
    boolean isBetweenValidParties(UUID community) {
        return !isHandOver() || (paidByLeader != null && payee.owner().equals(community));
    }

    /// Whose money it was.
    Account payer(UUID community) {
        return paidByLeader == null ? Account.clearing(community) : Account.leader(paidByLeader);
    }

    boolean isOfValidDay(ZoneId zone) {
        var today = LocalDate.ofInstant(recordedAt, zone);
        return !paidOn.isAfter(today) && paidOn.isAfter(today.minusDays(DAYS_BACK_MAX));
    }

    /// The payee is owed less, and who paid holds less. It counts on the day it was paid, after all else of that day.
    Transaction toTransaction(UUID community, ZoneId zone) {
        var dayEnds = paidOn.plusDays(1).atStartOfDay(zone).toInstant().minus(1, ChronoUnit.MICROS);
        return new Transaction(
                community,
                "payout:" + id,
                isHandOver() ? Occasion.HANDED_OVER : Occasion.PAYOUT,
                null,
                dayEnds.isBefore(recordedAt) ? dayEnds : recordedAt,
                List.of(new Posting(payee, null, -fen), new Posting(payer(community), null, fen)));
    }

    /// The payee is owed it again, and who paid holds it again. It counts from the moment it is taken back: what was
    /// told of the days before stays as it was.
    Transaction toTransaction(UUID community, Reversal reversed) {
        return new Transaction(
                community,
                "payout-reversed:" + id,
                Occasion.PAYOUT_REVERSED,
                null,
                reversed.at(),
                List.of(new Posting(payee, null, fen), new Posting(payer(community), null, -fen)));
    }
}
