package io.linli.groupbuy.settlement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened once, as postings that sum to zero. *Units:* fen.
///
/// @param key names what happened: the same key is posted once in a community
/// @param groupBuy absent where it is about none, such as a payout
public record Transaction(
        UUID community,
        String key,
        Occasion occasion,
        @Nullable UUID groupBuy,
        Instant at,
        List<Posting> postings) {

    /// So much for one account, plus what it is owed, minus what it owes.
    public record Posting(Account account, @Nullable UUID order, long fen) {
        public Posting {
            if (fen == 0) {
                throw new IllegalArgumentException("a posting of nothing");
            }
        }
    }

    public Transaction {
        postings = List.copyOf(postings);
        if (postings.stream().mapToLong(Posting::fen).reduce(0, Math::addExact) != 0) {
            throw new IllegalArgumentException("the postings of " + key + " do not sum to zero");
        }
    }
}
