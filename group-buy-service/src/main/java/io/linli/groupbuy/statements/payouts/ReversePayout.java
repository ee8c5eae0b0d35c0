package io.linli.groupbuy.statements.payouts;

import io.linli.groupbuy.settlement.Ledger;
import io.linli.groupbuy.statements.payouts.Payout.Reversal;
import io.linli.kit.web.Problem;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Takes back a payout, or a hand-over, that was recorded wrongly: once, by postings of its own, because nothing in the
/// ledger is changed. Cash that the community does not hold any more is not given back to a leader. Inside the caller's
/// transaction.
@Service
class ReversePayout {
    private final Payouts payouts;
    private final Ledger ledger;

    ReversePayout(Payouts payouts, Ledger ledger) {
        this.payouts = payouts;
        this.ledger = ledger;
    }

    /// *Errors:* 404 `payout-unknown`, 409 `payout-reversed`, 409 `payout-over-held`.
    Mono<Payout> handle(UUID community, UUID id, Reversal reversal) {
        return payouts.hold(community)
                .then(Mono.defer(() -> payouts.find(community, id)))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "payout-unknown")))
                .filter(payout -> payout.reversal() == null)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.CONFLICT, "payout-reversed")))
                .flatMap(payout -> checkHeld(community, payout))
                .flatMap(payout -> payouts.insertReversal(community, id, reversal)
                        .then(Mono.defer(() -> ledger.post(List.of(payout.toTransaction(community, reversal)))))
                        .thenReturn(payout.with(reversal)));
    }

    /// Who was paid by mistake owes it and need not hold it; the community holds what it got, or has paid with it.
    private Mono<Payout> checkHeld(UUID community, Payout payout) {
        return payout.isHandOver()
                ? payouts.findRoom(community, payout.payee(), payout.payee())
                        .doOnNext(room -> RecordPayout.check(payout.fen(), room.held(), "payout-over-held"))
                        .thenReturn(payout)
                : Mono.just(payout);
    }
}
