package io.linli.groupbuy.lifecycle;

/// The steps of a formed group buy; it only goes forward, and may skip a step that was not heard of in time.
public enum Stage {
    FORMED,
    ORDERED,
    SHIPPED,
    ARRIVED,
    SETTLED
}
