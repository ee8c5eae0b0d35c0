package io.linli.groupbuy.statements.payouts;

import io.linli.groupbuy.settlement.Ledger;
import io.linli.groupbuy.settlement.ReadMoney;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Records that a party was paid: never more than it is owed, nor more than there is where it was taken from
/// beside what is promised back to households. Payouts
/// of a community come one after another, so that none of them is allowed by a balance that another one spends; a
/// refund at the same moment may still leave a supplier owing. Inside the caller's transaction.
@Service
class RecordPayout {
    private final Payouts payouts;
    private final ReadMoney readMoney;
    private final Ledger ledger;

    RecordPayout(Payouts payouts, ReadMoney readMoney, Ledger ledger) {
        this.payouts = payouts;
        this.readMoney = readMoney;
        this.ledger = ledger;
    }

    /// *Errors:* 422 `payout-day-invalid`, 409 `payout-over-balance`, 409 `payout-over-held`.
    Mono<Payout> handle(UUID community, Payout payout, ZoneId zone) {
        if (!payout.isOfValidDay(zone)) {
            return Mono.error(() -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "payout-day-invalid"));
        }
        return payouts.hold(community)
                .then(Mono.defer(() -> payouts.balance(payout.payee())))
                .doOnNext(owed -> check(payout, owed, "payout-over-balance"))
                .then(Mono.defer(() -> payouts.balance(payout.payer(community))))
                .zipWhen(_ -> readMoney.sumPromised(community, payout.paidByLeader()))
                .doOnNext(held -> check(payout, -held.getT1() - held.getT2(), "payout-over-held"))
                .then(Mono.defer(() -> ledger.post(List.of(payout.toTransaction(community, zone)))))
                .then(Mono.defer(() -> payouts.insert(community, payout)))
                .thenReturn(payout);
    }

    private static void check(Payout payout, long available, String slug) {
        if (payout.fen() > available) {
            var most = Math.max(available, 0);
            throw Problem.of(HttpStatus.CONFLICT, slug, most)
                    .errors(List.of(new FieldError("balanceFen", Long.toString(available))));
        }
    }
}
