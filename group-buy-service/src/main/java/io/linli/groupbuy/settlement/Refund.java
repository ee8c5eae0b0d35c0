package io.linli.groupbuy.settlement;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// So much of an order is to go back to its household, and why. *Units:* fen.
///
/// @param key names what happened: the same key is refunded once in a community
/// @param item absent when it is about the whole order
public record Refund(
        String key,
        UUID community,
        UUID groupBuy,
        UUID order,
        UUID household,
        @Nullable UUID item,
        @Nullable Integer quantity,
        long fen,
        Reason reason) {

    /// Why money goes back.
    public enum Reason {
        SHORT,
        DAMAGED,
        TIER_DIFFERENCE,
        FAILED,
        CANCELLED,
        LATE_PAYMENT;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Reason of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        Occasion occasion() {
            return Occasion.valueOf(name());
        }
    }

    public Refund {
        if (fen < 1) {
            throw new IllegalArgumentException("a refund of nothing");
        }
    }
}
