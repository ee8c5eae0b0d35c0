package io.linli.dispatch.engine;

/// Somebody who carries: from the starting place to the station, from there on trips with reloads between, and home.
///
/// *Units:* grams and millilitres, times those of the problem.
///
/// @param reload time at the station before each further trip
/// @param skills bits
public record Vehicle(
        int start, int station, int end, int weight, int volume, Window shift, int reload, int tripsMax, long skills) {
    public Vehicle {
        if (tripsMax < 1 || weight < 0 || volume < 0 || reload < 0) {
            throw new IllegalArgumentException("a vehicle without trips, or with a negative capacity");
        }
    }
}
