package io.linli.dispatch.engine;

import java.util.List;

/// What is to be planned.
public record Problem(Matrix matrix, List<Job> jobs, List<Vehicle> vehicles) {
    public Problem {
        jobs = List.copyOf(jobs);
        vehicles = List.copyOf(vehicles);
    }
}
