package io.linli.dispatch.engine;

import java.util.List;

/// Who does which jobs on which trips, in that order, and which jobs nobody does. Jobs and vehicles are told by their
/// index in the problem.
///
/// *Units:* distance as in the problem's matrix.
public record Plan(List<Route> routes, List<Integer> undone, long distance) {
    public Plan {
        routes = List.copyOf(routes);
        undone = List.copyOf(undone);
    }

    /// The trips of one vehicle; between two of them it loads again at its station.
    public record Route(int vehicle, List<List<Integer>> trips) {
        public Route {
            trips = trips.stream().map(List::copyOf).toList();
        }
    }
}
