package io.linli.dispatch.engine;

/// What a plan costs beside its distance, in units of distance. What is left undone outweighs all of it.
///
/// The order of what matters (lateness, fairness, walking, change) is kept by weights that are far apart, not by
/// comparing one after the other: strictly before walking, fairness would send people across the compound for a minute.
///
/// @param late for each unit of time that a job begins after it should have
/// @param fair for the square of a minute by which somebody has done more than who did least; squares, so that
///     what is given to the busiest costs most
/// @param change for each job that somebody else does than was published
/// @param preference for each preferred skill that is missed
public record Objective(int late, double fair, int change, int preference) {
    /// Nothing but the distance.
    public static final Objective DISTANCE = new Objective(0, 0, 0, 0);

    private static final int SECONDS_PER_MINUTE = 60;

    /// @param effort in seconds, over that of who did least
    public long unfairness(long effort) {
        double minutes = (double) effort / SECONDS_PER_MINUTE;
        return Math.round(fair * minutes * minutes);
    }
}
