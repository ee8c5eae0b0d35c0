package io.linli.groupbuy.allocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/// All that decides who gets how much of one item. It is stored as it is, so that everyone can replay the decision.
///
/// Two inputs with the same content in another order are equal.
///
/// @param version the rules it was decided by, see `VERSION`
/// @param supply the pieces there are
/// @param claims one per order that asks for the item
/// @param households what the policy has to know of those who claim; one that is absent has one member and no need
public record AllocationInput(int version, Policy policy, long supply, List<Claim> claims, List<Household> households) {
    /// The rules of today.
    public static final int VERSION = 1;

    private static final int MEMBERS_MAX = 100;

    public AllocationInput {
        if (supply < 0) {
            throw new IllegalArgumentException("there is never less than nothing to share");
        }
        claims = claims.stream()
                .sorted(Comparator.comparingInt(Claim::serial).thenComparing(Claim::order))
                .toList();
        households =
                households.stream().sorted(Comparator.comparing(Household::id)).toList();
        requireDistinct(claims.stream().map(Claim::order).toList());
        requireDistinct(households.stream().map(Household::id).toList());
    }

    public static AllocationInput of(Policy policy, long supply, List<Claim> claims, List<Household> households) {
        return new AllocationInput(VERSION, policy, supply, claims, households);
    }

    /// What one order asks for: every increase and decrease, in the order in which they took effect.
    ///
    /// @param serial the order's place in the running list; decides between claims of the same instant
    public record Claim(UUID order, UUID household, int serial, List<Change> changes) {
        public Claim {
            changes = List.copyOf(changes);
            if (changes.stream().mapToLong(Change::quantity).sum() < 0) {
                throw new IllegalArgumentException("order " + order + " gives back more than it asked for");
            }
        }

        /// What it asks for in the end.
        public long quantity() {
            return changes.stream().mapToLong(Change::quantity).sum();
        }
    }

    /// So many more (or fewer, below zero) from then on.
    public record Change(Instant at, int quantity) {
        public Change {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /// @param members the people who live there
    /// @param need its level of need, 0 for none; higher goes first
    public record Household(UUID id, int members, int need) {
        public Household {
            if (members < 1 || members > MEMBERS_MAX || need < 0) {
                throw new IllegalArgumentException(
                        "a household has 1 to " + MEMBERS_MAX + " members, and no need below 0");
            }
        }
    }

    /// The same claims, served from another supply.
    public AllocationInput withSupply(long other) {
        return new AllocationInput(version, policy, other, claims, households);
    }

    /// What all claims add up to.
    public long claimed() {
        return claims.stream().mapToLong(Claim::quantity).sum();
    }

    private static void requireDistinct(List<UUID> ids) {
        if (new HashSet<>(ids).size() != ids.size()) {
            throw new IllegalArgumentException("an order claims once, and a household is described once");
        }
    }
}
