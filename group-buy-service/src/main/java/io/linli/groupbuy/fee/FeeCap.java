package io.linli.groupbuy.fee;

/// What a leader may take at most per order, nothing at all in an emergency, and a courier per run. *Units:* fen, parts
/// in a thousand.
public record FeeCap(long flatFen, int perMille, long courierFen) {
    public boolean allows(long feeFlatFen, int feePerMille) {
        return feeFlatFen <= flatFen && feePerMille <= perMille;
    }
}
