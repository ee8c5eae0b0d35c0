package io.linli.groupbuy.allocation;

/// In which order claims are served; declared with the offer.
public enum Policy {
    /// By arrival: what was asked for first is granted first.
    FIRST_COME,
    /// The next one goes to the household that has the least per member so far, by arrival among equals.
    EQUAL_SHARE,
    /// By need, highest level first; by arrival within a level.
    NEED_FIRST
}
