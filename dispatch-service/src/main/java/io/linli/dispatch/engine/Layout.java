package io.linli.dispatch.engine;

import java.util.Arrays;
import java.util.List;

/// What it takes to get about in a compound: paths that run east-west and north-south between the gate and the
/// buildings, and stairs or a lift inside them.
///
/// *Units:* metres, seconds.
public final class Layout {
    private Layout() {}

    /// A door, or a place on the ground such as the station.
    ///
    /// @param building number of the building; negative on the ground
    /// @param floors above the ground
    public record Place(double x, double y, int building, int floors, boolean lift) {
        public static Place ground(double x, double y) {
            return new Place(x, y, -1, 0, false);
        }

        /// Floors that are climbed on foot.
        public int stairs() {
            return lift ? 0 : floors;
        }
    }

    /// How fast somebody with a load gets on.
    ///
    /// @param liftWait for each ride
    public record Pace(double metresPerSecond, int perFloorOfStairs, int perFloorOfLift, int liftWait) {
        public static final Pace LOADED = new Pace(1, 15, 3, 20);

        private int ride(int floors, boolean lift) {
            if (floors == 0) {
                return 0;
            }
            return lift ? liftWait + floors * perFloorOfLift : floors * perFloorOfStairs;
        }
    }

    /// Seconds from each place to each; distance is the same as time, because that is what walking costs.
    public static Matrix matrix(List<Place> places, Pace pace) {
        int size = places.size();
        int[] seconds = new int[size * size];
        Arrays.setAll(seconds, at -> seconds(places.get(at / size), places.get(at % size), pace));
        return new Matrix(size, seconds, seconds);
    }

    private static int seconds(Place from, Place to, Pace pace) {
        if (from.building() >= 0 && from.building() == to.building()) {
            return pace.ride(Math.abs(from.floors() - to.floors()), from.lift());
        }
        double metres = Math.abs(from.x() - to.x()) + Math.abs(from.y() - to.y());
        int walk = (int) Math.ceil(metres / pace.metresPerSecond());
        return pace.ride(from.floors(), from.lift()) + walk + pace.ride(to.floors(), to.lift());
    }
}
