package io.linli.groupbuy.allocation;

import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationInput.Claim;
import io.linli.groupbuy.allocation.AllocationInput.Household;
import io.linli.groupbuy.allocation.AllocationRun.Head;
import io.linli.groupbuy.allocation.AllocationRun.Occasion;
import io.linli.kit.data.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Decides who gets what of a group buy's items, and keeps how that was decided: inside the caller's transaction, which
/// holds the group buy.
@Service
public class Allocate {
    private final Households households;
    private final Allocations allocations;

    Allocate(Households households, Allocations allocations) {
        this.households = households;
        this.allocations = allocations;
    }

    /// What is to be shared at the close of a group buy.
    public record Close(UUID community, UUID groupBuy, Policy policy, List<Share> shares) {}

    /// So much of one item for so many claims.
    public record Share(UUID item, long supply, List<Claim> claims) {}

    /// The first run of each item.
    public Mono<List<AllocationRun>> atClose(Close close, Instant now) {
        return findHouseholds(close)
                .map(known -> close.shares().stream()
                        .map(share -> toRun(close, share, known, now))
                        .toList());
    }

    /// The next run of each item named, from the claims of its close.
    ///
    /// @param supplies what came, by item
    public Mono<List<AllocationRun>> atDelivery(Map<UUID, Long> supplies, Instant now) {
        return allocations
                .listNewest(supplies.keySet())
                .map(newest -> newest.stream()
                        .map(run -> toRun(run, supplies.getOrDefault(run.head().item(), 0L), now))
                        .toList());
    }

    /// Keeps what counts from now on. *Errors:* a duplicate key when somebody else did so since.
    public Mono<Void> keep(UUID community, List<AllocationRun> runs) {
        return runs.isEmpty() ? Mono.empty() : allocations.insert(community, runs);
    }

    private static AllocationRun toRun(Close close, Share share, Map<UUID, Household> known, Instant now) {
        var claiming = share.claims().stream()
                .map(Claim::household)
                .distinct()
                .flatMap(id -> Stream.ofNullable(known.get(id)))
                .toList();
        var input = AllocationInput.of(close.policy(), share.supply(), share.claims(), claiming);
        return decide(new Place(close.groupBuy(), share.item(), 1), Occasion.CLOSE, input, now);
    }

    private static AllocationRun toRun(AllocationRun last, long supply, Instant now) {
        var place = new Place(
                last.head().groupBuy(), last.head().item(), last.head().run() + 1);
        return decide(place, Occasion.DELIVERY, last.input().withSupply(supply), now);
    }

    private record Place(UUID groupBuy, UUID item, int run) {}

    private static AllocationRun decide(Place place, Occasion occasion, AllocationInput input, Instant now) {
        var grants = Allocation.replay(input).grants();
        var head = new Head(
                Ids.next(),
                place.groupBuy(),
                place.item(),
                place.run(),
                occasion,
                input.policy(),
                input.supply(),
                input.claimed(),
                grants.stream().mapToLong(Grant::granted).sum(),
                now);
        return new AllocationRun(head, input, grants);
    }

    /// Arrival alone needs to know nothing of anybody.
    private Mono<Map<UUID, Household>> findHouseholds(Close close) {
        if (close.policy() == Policy.FIRST_COME) {
            return Mono.just(Map.of());
        }
        var ids = new ArrayList<UUID>();
        close.shares().forEach(share -> share.claims().forEach(claim -> ids.add(claim.household())));
        return households
                .find(close.community(), ids.stream().distinct().toList())
                .map(known -> known.stream().collect(Collectors.toMap(Household::id, household -> household)));
    }
}
