package io.linli.dispatch.task;

/// A point of the compound; *Units*: metres east and north of the gate.
public record Place(double x, double y) {}
