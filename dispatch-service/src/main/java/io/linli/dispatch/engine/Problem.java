package io.linli.dispatch.engine;

import java.util.List;
import java.util.Set;

/// What is to be planned, and by what a plan is judged.
///
/// @param refused who must not be asked for what
public record Problem(
        Matrix matrix, List<Job> jobs, List<Vehicle> vehicles, Set<Refusal> refused, Objective objective) {
    public Problem {
        jobs = List.copyOf(jobs);
        vehicles = List.copyOf(vehicles);
        refused = Set.copyOf(refused);
    }

    /// By index in the problem.
    public record Refusal(int vehicle, int job) {}
}
