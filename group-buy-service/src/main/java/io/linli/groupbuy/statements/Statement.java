package io.linli.groupbuy.statements;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.settlement.Occasion;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an account was owed before a period and after it, and postings of the period, oldest first. Above zero the
/// account is owed, below zero it owes or holds money of others. *Units:* fen.
record Statement(long opening, long closing, List<Entry> entries) {

    /// One posting, with what the account is owed after it.
    ///
    /// @param order absent where it is about no single order; with it goes the serial number of the order
    record Entry(
            Page.Place place,
            Instant at,
            Occasion occasion,
            @Nullable UUID groupBuy,
            @Nullable String title,
            @Nullable UUID order,
            @Nullable Integer serialNumber,
            long fen,
            long balance) {}
}
