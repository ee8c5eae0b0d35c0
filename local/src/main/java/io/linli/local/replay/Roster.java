package io.linli.local.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who carries in a replay: how many, and whether they have limits and doors that stay shut, as in a real day.
record Roster(int volunteers, boolean isRealDay) {

    /// Enough people for any day, who take whatever there is.
    static final Roster PLAIN = new Roster(16, false);

    /// With fewer, a heavy parcel that was refused once may find nobody else who may climb with it.
    static final int FEWEST = 20;

    private static final List<Long> LOADS = List.of(ReplayPlan.HEAVIEST_CARRIED_GRAMS, 60_000L, 30_000L);
    private static final List<Integer> FLOORS = List.of(Limits.NONE, 8, 3);
    private static final List<Integer> MINUTES = List.of(Limits.NONE, 180);

    static Roster realDay(int volunteers) {
        return new Roster(volunteers, true);
    }

    /// What one volunteer takes on. *Units*: grams, floors without a lift, minutes in a day.
    record Limits(long loadGrams, int floors, int minutes) {
        private static final int NONE = Integer.MAX_VALUE;

        @Nullable
        Integer floorsOrNone() {
            return floors == NONE ? null : floors;
        }

        @Nullable
        Integer minutesOrNone() {
            return minutes == NONE ? null : minutes;
        }
    }

    /// @param number from 0
    Limits limits(int number) {
        if (!isRealDay) {
            return new Limits(ReplayPlan.HEAVIEST_CARRIED_GRAMS, Limits.NONE, Limits.NONE);
        }
        return new Limits(
                LOADS.get(number % LOADS.size()),
                FLOORS.get(number / LOADS.size() % FLOORS.size()),
                MINUTES.get(number / (LOADS.size() * FLOORS.size()) % MINUTES.size()));
    }
}
