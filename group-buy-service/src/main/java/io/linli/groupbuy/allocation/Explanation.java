package io.linli.groupbuy.allocation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Why a household gets what it gets, in numbers; they follow from the input alone.
public sealed interface Explanation {

    /// What its orders ask for together.
    long claimed();

    /// What its orders get together.
    long granted();

    /// It stood in a line: by arrival, or by need and then arrival.
    ///
    /// @param need the level of need that counted, 0 for none and when arrival alone decides
    record Queued(long claimed, long granted, int need, List<Place> places) implements Explanation {}

    /// @param at when it was asked for
    /// @param quantity what still stands of it
    /// @param ahead the pieces that others and its own earlier wishes claim before it
    record Place(UUID order, Instant at, long quantity, long ahead, long granted) {}

    /// It got its share by heads.
    ///
    /// @param perMember the complete rounds: so many for each member, as far as claimed
    /// @param rest what it got of the last, incomplete round
    record Shared(long claimed, long granted, int members, long perMember, long rest) implements Explanation {}
}
