package io.linli.dispatch.building;

import java.util.UUID;

/// Where in its building a household lives, and how badly it needs help.
///
/// @param needLevel from 1; more is more
public record Home(UUID household, UUID building, int floor, int needLevel) {}
