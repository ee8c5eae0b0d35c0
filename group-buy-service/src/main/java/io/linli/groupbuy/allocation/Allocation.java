package io.linli.groupbuy.allocation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;

import io.linli.groupbuy.allocation.AllocationInput.Household;
import io.linli.groupbuy.allocation.Explanation.Place;
import io.linli.groupbuy.allocation.Explanation.Queued;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// Who gets how much of one item, and why. The one engine for the close, a short delivery and a donated round.
///
/// Every policy is an order in which single pieces are served; the supply only says where that stops. So a smaller
/// supply never gives anybody more.
///
/// @param grants one per claim, by serial number
/// @param explanations one per household that claims
public record Allocation(List<Grant> grants, Map<UUID, Explanation> explanations) {

    /// What an order gets of the item.
    public record Grant(UUID order, UUID household, long claimed, long granted) {}

    /// Decides by nothing but the input. *Errors:* `IllegalArgumentException` when its rules are not known here.
    public static Allocation replay(AllocationInput input) {
        if (input.version() != AllocationInput.VERSION) {
            throw new IllegalArgumentException("no rules of version " + input.version());
        }
        var households = input.households().stream().collect(toMap(Household::id, Function.identity()));
        Function<UUID, Household> household = id -> households.getOrDefault(id, new Household(id, 1, 0));
        var portions = input.claims().stream()
                .flatMap(claim -> Portion.of(claim).stream())
                .sorted(Portion.BY_ARRIVAL)
                .toList();
        return switch (input.policy()) {
            case FIRST_COME -> queue(input, portions, _ -> 0);
            case NEED_FIRST -> queue(input, portions, id -> household.apply(id).need());
            case EQUAL_SHARE -> share(input, portions, id -> household.apply(id).members());
        };
    }

    private static Allocation queue(AllocationInput input, List<Portion> portions, Function<UUID, Integer> need) {
        var line = new ArrayList<>(portions);
        line.sort(Comparator.comparing(portion -> -need.apply(portion.household())));
        var places = new LinkedHashMap<UUID, List<Place>>();
        var ahead = 0L;
        for (var portion : line) {
            var granted = Math.clamp(input.supply() - ahead, 0, portion.quantity());
            places.computeIfAbsent(portion.household(), _ -> new ArrayList<>())
                    .add(new Place(portion.order(), portion.at(), portion.quantity(), ahead, granted));
            ahead += portion.quantity();
        }
        var explanations = new HashMap<UUID, Explanation>();
        places.forEach((household, own) -> explanations.put(household, queued(need.apply(household), own)));
        var granted = places.values().stream()
                .flatMap(List::stream)
                .collect(groupingBy(Place::order, summingLong(Place::granted)));
        return of(input, granted, explanations);
    }

    private static Queued queued(int need, List<Place> places) {
        var claimed = places.stream().mapToLong(Place::quantity).sum();
        var granted = places.stream().mapToLong(Place::granted).sum();
        return new Queued(claimed, granted, need, List.copyOf(places));
    }

    private static Allocation share(AllocationInput input, List<Portion> portions, Function<UUID, Integer> members) {
        var claimed = new LinkedHashMap<UUID, Long>();
        portions.forEach(portion -> claimed.merge(portion.household(), portion.quantity(), Long::sum));
        var wishes = claimed.entrySet().stream()
                .map(wish -> new EqualShare.Wish(wish.getKey(), members.apply(wish.getKey()), wish.getValue()))
                .toList();
        var share = EqualShare.of(input.supply(), wishes);
        var explanations = new HashMap<UUID, Explanation>();
        wishes.forEach(wish -> explanations.put(wish.household(), share.explain(wish)));
        return of(input, serve(portions, share.granted()), explanations);
    }

    /// A household's share goes to its orders as their portions arrived.
    private static Map<UUID, Long> serve(List<Portion> portions, Map<UUID, Long> shares) {
        var left = new HashMap<>(shares);
        var granted = new HashMap<UUID, Long>();
        for (var portion : portions) {
            var served = Math.min(portion.quantity(), left.getOrDefault(portion.household(), 0L));
            left.merge(portion.household(), -served, Long::sum);
            granted.merge(portion.order(), served, Long::sum);
        }
        return granted;
    }

    private static Allocation of(AllocationInput input, Map<UUID, Long> granted, Map<UUID, Explanation> explanations) {
        var grants = input.claims().stream()
                .map(claim -> new Grant(
                        claim.order(), claim.household(), claim.quantity(), granted.getOrDefault(claim.order(), 0L)))
                .toList();
        return new Allocation(grants, Map.copyOf(explanations));
    }
}
