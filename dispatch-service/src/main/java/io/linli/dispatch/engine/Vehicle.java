package io.linli.dispatch.engine;

import java.util.Set;

/// Somebody who carries: from the starting place to the station, from there on trips with reloads between, and home.
/// Who is under way starts where and when the last promised stop ends.
///
/// *Units:* times those of the problem.
///
/// @param reload time at the station before each further trip
public record Vehicle(Way way, Load capacity, Window shift, int reload, int tripsMax, Ability ability, Effort effort) {
    public Vehicle {
        if (tripsMax < 1 || reload < 0) {
            throw new IllegalArgumentException("a vehicle without trips, or with a negative time to reload");
        }
    }

    /// Indices in the problem's matrix.
    public record Way(int start, int station, int end) {}

    /// What a vehicle can be sent to.
    ///
    /// @param skills bits
    /// @param exposureMax highest class of a place
    /// @param stairsMax floors
    /// @param buildings that may be entered; empty for all
    public record Ability(long skills, int exposureMax, int stairsMax, Set<Integer> buildings) {
        public static final Ability ANYTHING = new Ability(-1, Integer.MAX_VALUE, Integer.MAX_VALUE, Set.of());

        public Ability {
            buildings = Set.copyOf(buildings);
        }
    }

    /// What was and may be asked of a vehicle, walking and service together, waiting apart.
    ///
    /// @param most in this plan
    /// @param before in the weeks that fairness looks at
    public record Effort(int most, int before) {
        public static final Effort FREE = new Effort(Job.WHENEVER, 0);
    }
}
