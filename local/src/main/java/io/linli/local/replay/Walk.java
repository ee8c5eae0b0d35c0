package io.linli.local.replay;

import java.util.List;
import java.util.UUID;

/// How long a round on foot takes: from the gate along paths that run east-west and north-south, up to each door, and
/// back.
///
/// *Units*: metres, seconds; the same as dispatch-service plans with by default.
final class Walk {

    private static final double METRES_PER_SECOND = 1.2;
    private static final int FLOOR_ON_FOOT = 24;
    private static final int FLOOR_BY_LIFT = 6;
    private static final int AT_DOOR = 60;

    private Walk() {}

    record Door(UUID building, double x, double y, boolean lift, int floor) {
        /// Above the ground.
        int floors() {
            return Math.max(0, floor - 1);
        }

        int stairs() {
            return lift ? 0 : floors();
        }

        private int climb(int floors) {
            return floors * (lift ? FLOOR_BY_LIFT : FLOOR_ON_FOOT);
        }
    }

    static long seconds(List<Door> doors) {
        long seconds = 0;
        Door at = null;
        for (var next : doors) {
            if (at != null && at.building().equals(next.building())) {
                seconds += next.climb(Math.abs(next.floors() - at.floors()));
            } else {
                double metres = at == null ? metres(0, 0, next) : metres(at.x(), at.y(), next);
                seconds += (at == null ? 0 : at.climb(at.floors())) + onThePath(metres) + next.climb(next.floors());
            }
            seconds += AT_DOOR;
            at = next;
        }
        return at == null ? 0 : seconds + at.climb(at.floors()) + onThePath(metres(0, 0, at));
    }

    private static double metres(double x, double y, Door to) {
        return Math.abs(x - to.x()) + Math.abs(y - to.y());
    }

    private static long onThePath(double metres) {
        return (long) Math.ceil(metres / METRES_PER_SECOND);
    }
}
