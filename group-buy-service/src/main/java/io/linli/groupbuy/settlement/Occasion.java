package io.linli.groupbuy.settlement;

import java.util.Locale;

/// Why something was posted.
public enum Occasion {
    /// A household paid for an order.
    PAID,
    /// A group buy formed: its orders are charged, its parties credited.
    FORMED,
    /// Money went back to a household.
    PAID_BACK,
    SHORT,
    DAMAGED,
    TIER_DIFFERENCE,
    FAILED,
    CANCELLED,
    LATE_PAYMENT,
    /// A party was paid what it is owed; about no single group buy.
    PAYOUT,
    /// A payout, or a hand-over, was recorded wrongly and taken back.
    PAYOUT_REVERSED,
    /// A leader handed cash over to the community; about no single group buy.
    HANDED_OVER;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Occasion of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
