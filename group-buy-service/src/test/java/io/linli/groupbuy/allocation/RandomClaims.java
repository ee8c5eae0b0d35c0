package io.linli.groupbuy.allocation;

import io.linli.groupbuy.allocation.AllocationInput.Change;
import io.linli.groupbuy.allocation.AllocationInput.Claim;
import io.linli.groupbuy.allocation.AllocationInput.Household;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Claims as they come: few and many, several orders of a household, many changes, equal instants.
final class RandomClaims {
    static final Instant OPENED = Instant.parse("2026-11-24T10:00:00Z");

    private final Random random;

    RandomClaims(long seed) {
        random = new Random(seed);
    }

    AllocationInput input(Policy policy) {
        var households = new ArrayList<Household>();
        for (var count = 1 + random.nextInt(12); count > 0; count--) {
            households.add(new Household(id(), 1 + random.nextInt(6), random.nextInt(4)));
        }
        var claims = new ArrayList<Claim>();
        for (var serial = 1; serial <= random.nextInt(25); serial++) {
            var household = households.get(random.nextInt(households.size())).id();
            claims.add(new Claim(id(), household, serial, changes()));
        }
        var known = households.subList(0, random.nextInt(households.size() + 1));
        var claimed = claims.stream().mapToLong(Claim::quantity).sum();
        return AllocationInput.of(policy, random.nextLong(claimed + 10), claims, known);
    }

    private List<Change> changes() {
        var changes = new ArrayList<Change>();
        var standing = 0;
        for (var count = 1 + random.nextInt(4); count > 0; count--) {
            var quantity = standing > 0 && random.nextInt(3) == 0
                    ? -1 - random.nextInt(standing)
                    : 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 6);
            standing += quantity;
            changes.add(new Change(OPENED.plusSeconds(random.nextInt(8)), quantity));
        }
        return changes;
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
