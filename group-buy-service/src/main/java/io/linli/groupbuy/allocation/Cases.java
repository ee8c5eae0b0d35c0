package io.linli.groupbuy.allocation;

/// The whole cases that are bought for a quantity.
///
/// An opened case is bought when what it lacks is within the tolerance; the tolerance alone never opens one: a
/// quantity that fills its cases exactly, or of nothing, buys no further case. *Units:* all but `count` are single
/// pieces.
///
/// @param size pieces in a case, 1 when the item is not sold in cases
/// @param asked the pieces asked for
/// @param count the cases bought
public record Cases(int size, long asked, long count) {

    public Cases {
        if (size < 1 || asked < 0 || count < 0) {
            throw new IllegalArgumentException("cases hold something, and there are never fewer than none");
        }
    }

    /// @param tolerance so many pieces may be missing in the last case
    public static Cases of(long asked, int size, int tolerance) {
        var full = asked / size;
        var opened = asked % size;
        var bought = opened > 0 && opened + tolerance >= size ? full + 1 : full;
        return new Cases(size, asked, bought);
    }

    /// The same, but only as many full cases as the stock holds.
    public Cases within(long stock) {
        return new Cases(size, asked, Math.min(count, stock / size));
    }

    /// The pieces bought.
    public long units() {
        return count * size;
    }

    /// The pieces in the last case that is not full yet: how full the case is.
    public int filled() {
        return (int) (asked % size);
    }

    /// The pieces asked for and not bought.
    public long cut() {
        return Math.max(0, asked - units());
    }

    /// The pieces bought and not asked for; at most the tolerance.
    public long surplus() {
        return Math.max(0, units() - asked);
    }
}
