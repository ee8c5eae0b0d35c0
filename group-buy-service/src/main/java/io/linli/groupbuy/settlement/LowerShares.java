package io.linli.groupbuy.settlement;

import io.linli.groupbuy.settlement.Account.Kind;
import io.linli.groupbuy.settlement.Transaction.Posting;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// The orders of a formed group buy cost less than its leader's fee and the fund's share were taken of: what these are
/// too much goes to the supplier, whom the refunds were taken from. Inside the caller's transaction; done twice it is
/// done once.
@Service
public class LowerShares {
    private final Ledger ledger;

    LowerShares(Ledger ledger) {
        this.ledger = ledger;
    }

    /// *Units:* fen.
    ///
    /// @param key names what happened: the same key is posted once in a community
    public record TooMuch(UUID community, UUID groupBuy, UUID supplier, String key, long feeFen, long fundFen) {}

    public Mono<Void> handle(TooMuch tooMuch, Instant now) {
        return lowerFee(tooMuch, now).then(Mono.defer(() -> lowerFund(tooMuch, now)));
    }

    /// Who got the fee when the group buy formed gives of it, whoever leads it now.
    private Mono<Void> lowerFee(TooMuch tooMuch, Instant now) {
        return tooMuch.feeFen() == 0
                ? Mono.empty()
                : ledger.findCredited(tooMuch.community(), FormedCharges.key(tooMuch.groupBuy()), Kind.LEADER)
                        .flatMap(leader -> lower(tooMuch, "fee:", Account.leader(leader), tooMuch.feeFen(), now));
    }

    private Mono<Void> lowerFund(TooMuch tooMuch, Instant now) {
        return tooMuch.fundFen() == 0
                ? Mono.empty()
                : lower(tooMuch, "fund:", Account.fund(tooMuch.community()), tooMuch.fundFen(), now);
    }

    private Mono<Void> lower(TooMuch tooMuch, String what, Account from, long fen, Instant now) {
        var postings =
                List.of(new Posting(from, null, -fen), new Posting(Account.supplier(tooMuch.supplier()), null, fen));
        return ledger.post(List.of(new Transaction(
                tooMuch.community(), what + tooMuch.key(), Occasion.SHORT, tooMuch.groupBuy(), now, postings)));
    }
}
