package io.linli.groupbuy.fee;

/// What a leader may take at most, per order; nothing at all in an emergency. *Units:* fen, parts in a thousand.
public record FeeCap(long flatFen, int perMille) {
    public boolean allows(long feeFlatFen, int feePerMille) {
        return feeFlatFen <= flatFen && feePerMille <= perMille;
    }
}
