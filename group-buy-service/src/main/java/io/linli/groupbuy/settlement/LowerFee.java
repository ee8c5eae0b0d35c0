package io.linli.groupbuy.settlement;

import io.linli.groupbuy.settlement.Account.Kind;
import io.linli.groupbuy.settlement.Transaction.Posting;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// The orders of a formed group buy cost less than its leader's fee was taken of: what the fee is too much goes to the
/// supplier, whom the refunds were taken from. Inside the caller's transaction; done twice it is done once.
@Service
public class LowerFee {
    private final Ledger ledger;

    LowerFee(Ledger ledger) {
        this.ledger = ledger;
    }

    /// *Units:* fen.
    ///
    /// @param key names what happened: the same key is posted once in a community
    public record TooMuch(UUID community, UUID groupBuy, UUID supplier, String key, long fen) {}

    /// Who got the fee when the group buy formed gives of it, whoever leads it now.
    public Mono<Void> handle(TooMuch fee, Instant now) {
        return fee.fen() == 0
                ? Mono.empty()
                : ledger.findCredited(fee.community(), FormedCharges.key(fee.groupBuy()), Kind.LEADER)
                        .flatMap(leader -> ledger.post(List.of(toTransaction(fee, leader, now))));
    }

    private static Transaction toTransaction(TooMuch fee, UUID leader, Instant now) {
        var postings = List.of(
                new Posting(Account.leader(leader), null, -fee.fen()),
                new Posting(Account.supplier(fee.supplier()), null, fee.fen()));
        return new Transaction(fee.community(), "fee:" + fee.key(), Occasion.SHORT, fee.groupBuy(), now, postings);
    }
}
