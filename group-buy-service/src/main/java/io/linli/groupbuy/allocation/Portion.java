package io.linli.groupbuy.allocation;

import io.linli.groupbuy.allocation.AllocationInput.Claim;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// What is left of one increase of a claim after later decreases, each of which ate the newest increase first.
///
/// @param index the place of the increase among the changes of its claim
record Portion(UUID order, UUID household, int serial, int index, Instant at, long quantity) {
    /// First come first; the serial number decides between the same instants.
    static final Comparator<Portion> BY_ARRIVAL = Comparator.comparing(Portion::at)
            .thenComparingInt(Portion::serial)
            .thenComparing(Portion::order)
            .thenComparingInt(Portion::index);

    /// What stands of a claim. Where clocks differ a decrease may be written before the increase it takes from; it eats
    /// the next one then.
    static List<Portion> of(Claim claim) {
        var standing = new ArrayDeque<Portion>();
        var owed = 0L;
        for (var index = 0; index < claim.changes().size(); index++) {
            var change = claim.changes().get(index);
            if (change.quantity() > 0) {
                standing.addLast(new Portion(
                        claim.order(), claim.household(), claim.serial(), index, change.at(), change.quantity()));
            } else {
                owed -= change.quantity();
            }
            owed = eatNewest(standing, owed);
        }
        return new ArrayList<>(standing);
    }

    /// Answers what could not be eaten.
    private static long eatNewest(ArrayDeque<Portion> standing, long quantity) {
        var left = quantity;
        while (left > 0 && !standing.isEmpty()) {
            var newest = standing.removeLast();
            if (newest.quantity() > left) {
                standing.addLast(newest.with(newest.quantity() - left));
            }
            left -= Math.min(left, newest.quantity());
        }
        return left;
    }

    private Portion with(long smaller) {
        return new Portion(order, household, serial, index, at, smaller);
    }
}
