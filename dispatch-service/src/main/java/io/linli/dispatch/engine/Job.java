package io.linli.dispatch.engine;

import java.util.List;

/// One thing to do at one place.
///
/// *Units:* grams and millilitres, times those of the problem, seconds as a rule.
///
/// @param place index in the problem's matrix
/// @param windows when it may begin, in order and apart; at least one
/// @param release from when it can be collected at the station
/// @param skills bits, all of which a vehicle must have
/// @param need what it costs to leave it undone, next to other jobs: 1 and up
public record Job(
        int place, int weight, int volume, int service, List<Window> windows, int release, long skills, int need) {
    public Job {
        windows = List.copyOf(windows);
        if (windows.isEmpty() || need < 1 || weight < 0 || volume < 0 || service < 0) {
            throw new IllegalArgumentException("a job without a window or need, or with a negative load");
        }
    }
}
