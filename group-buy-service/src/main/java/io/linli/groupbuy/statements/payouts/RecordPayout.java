package io.linli.groupbuy.statements.payouts;

import io.linli.groupbuy.settlement.Ledger;
import io.linli.groupbuy.statements.payouts.Payouts.Room;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Records that a party was paid, or that a leader handed cash over to the community: never more than the party is
/// owed, nor more than there is where it was taken from beside what is promised back to households. Payouts of a
/// community come one after another, so that none of them is allowed by a balance that another one spends; a refund at
/// the same moment may still leave a supplier owing. Inside the caller's transaction.
@Service
class RecordPayout {
    private final Payouts payouts;
    private final Ledger ledger;

    RecordPayout(Payouts payouts, Ledger ledger) {
        this.payouts = payouts;
        this.ledger = ledger;
    }

    /// *Errors:* 422 `payout-day-invalid`, 422 `hand-over-invalid`, 409 `payout-over-balance`, 409 `payout-over-held`.
    Mono<Payout> handle(UUID community, Payout payout, ZoneId zone) {
        if (!payout.isOfValidDay(zone)) {
            return refuse("payout-day-invalid");
        }
        if (!payout.isBetweenValidParties(community)) {
            return refuse("hand-over-invalid");
        }
        return payouts.hold(community)
                .then(Mono.defer(() -> payouts.findRoom(community, payout.payee(), payout.payer(community))))
                .doOnNext(room -> check(payout, room))
                .then(Mono.defer(() -> payouts.insert(community, payout)))
                .then(Mono.defer(() -> ledger.post(List.of(payout.toTransaction(community, zone)))))
                .thenReturn(payout);
    }

    private static Mono<Payout> refuse(String slug) {
        return Mono.error(() -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, slug));
    }

    private static void check(Payout payout, Room room) {
        if (!payout.isHandOver()) {
            check(payout.fen(), room.owed(), "payout-over-balance");
        }
        check(payout.fen(), room.held(), "payout-over-held");
    }

    static void check(long fen, long available, String slug) {
        if (fen > available) {
            var most = Math.max(available, 0);
            throw Problem.of(HttpStatus.CONFLICT, slug, most)
                    .errors(List.of(new FieldError("balanceFen", Long.toString(available))));
        }
    }
}
