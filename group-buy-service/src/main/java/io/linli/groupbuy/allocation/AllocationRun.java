package io.linli.groupbuy.allocation;

import io.linli.groupbuy.allocation.Allocation.Grant;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// One stored decision about one item: what went in and what came out. It never changes.
public record AllocationRun(Head head, AllocationInput input, List<Grant> grants) {

    /// Why something is allocated.
    public enum Occasion {
        CLOSE,
        DELIVERY
    }

    /// What there is to say of it in one line.
    ///
    /// @param run 1 for the close, then one more with every delivery that is told
    /// @param claimed what all claims add up to
    public record Head(
            UUID id,
            UUID groupBuy,
            UUID item,
            int run,
            Occasion occasion,
            Policy policy,
            long supply,
            long claimed,
            long granted,
            Instant madeAt) {}

    /// Decides again from the stored input.
    public Allocation replay() {
        return Allocation.replay(input);
    }
}
