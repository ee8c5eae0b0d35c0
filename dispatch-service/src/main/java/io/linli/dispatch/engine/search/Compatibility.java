package io.linli.dispatch.engine.search;

import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Reason;
import java.util.Optional;

/// Whether a vehicle could do a job at all, whatever else it does.
final class Compatibility {
    private final Problem problem;

    Compatibility(Problem problem) {
        this.problem = problem;
    }

    /// Empty when it could.
    Optional<Reason> missing(int v, int j) {
        var vehicle = problem.vehicles().get(v);
        var job = problem.jobs().get(j);
        var ability = vehicle.ability();
        var asks = job.asks();
        if (job.bond().pinned() >= 0 && job.bond().pinned() != v) {
            return Optional.of(Reason.PINNED);
        }
        if (problem.refused().contains(new Problem.Refusal(v, j))) {
            return Optional.of(Reason.REFUSED);
        }
        if ((asks.skills() & ~ability.skills()) != 0) {
            return Optional.of(Reason.SKILL);
        }
        if (asks.exposure() > ability.exposureMax()) {
            return Optional.of(Reason.EXPOSURE);
        }
        boolean enters = asks.building() < 0
                || ability.buildings().isEmpty()
                || ability.buildings().contains(asks.building());
        if (!enters || asks.stairs() > ability.stairsMax()) {
            return Optional.of(Reason.ACCESS);
        }
        if (asks.station() >= 0 && asks.station() != vehicle.way().station()) {
            return Optional.of(Reason.STATION);
        }
        return vehicle.capacity().holds(job.load()) ? Optional.empty() : Optional.of(Reason.CAPACITY);
    }
}
