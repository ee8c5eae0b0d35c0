package io.linli.dispatch.engine;

import java.util.List;

/// One thing to do at one place.
///
/// *Units:* times those of the problem, seconds as a rule.
///
/// @param place index in the problem's matrix
/// @param windows when it may begin, in order and apart; at least one
/// @param release from when it can be collected at the station
/// @param by when it should have begun; what is later counts as lateness. [#WHENEVER] asks nothing
/// @param need what it costs to leave it undone, next to other jobs: 1 and up
public record Job(
        int place, Load load, int service, List<Window> windows, int release, int by, Asks asks, Bond bond, int need) {
    public static final int WHENEVER = Integer.MAX_VALUE / 4;

    public Job {
        windows = List.copyOf(windows);
        if (windows.isEmpty() || need < 1 || service < 0) {
            throw new IllegalArgumentException("a job without a window or need, or with a negative service time");
        }
    }

    /// A job that asks nothing of who does it and is promised to nobody.
    public Job(int place, Load load, int service, Window window, int release) {
        this(place, load, service, List.of(window), release, WHENEVER, Asks.NOTHING, Bond.NONE, 1);
    }

    /// What a job asks of who does it.
    ///
    /// @param skills bits, all of which are required
    /// @param preferred bits, each of which is missed a little
    /// @param exposure class of the place: 0 for none
    /// @param stairs floors to climb
    /// @param building number of the building, for vehicles that may not enter all; negative for none
    /// @param station the place where it is loaded; negative for any
    public record Asks(long skills, long preferred, int exposure, int stairs, int building, int station) {
        public static final Asks NOTHING = new Asks(0, 0, 0, 0, -1, -1);
    }

    /// To whom a job belongs already, by index of the vehicle; negative for nobody.
    ///
    /// @param pinned who has to do it
    /// @param published who was going to do it when the plan was last told
    public record Bond(int pinned, int published) {
        public static final Bond NONE = new Bond(-1, -1);
    }
}
