package io.linli.groupbuy.delivery;

import static java.util.stream.Collectors.toMap;

import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.OfferedGroupBuy;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What came of a group buy's items, beside what was to come by the newest allocation of each.
record Count(OfferedGroupBuy offered, List<Counted> items) {

    /// @param last what counts of it so far, null when nobody ordered it
    record Counted(Item item, Arrival arrival, @Nullable AllocationRun last) {
        long expected() {
            return last == null ? 0 : last.head().supply();
        }

        long granted() {
            return last == null ? 0 : last.head().granted();
        }
    }

    /// An item of which less can be handed out than was to come.
    record Short(Item item, Arrival arrival, AllocationRun last) {
        Set<UUID> orders() {
            return last.grants().stream()
                    .filter(grant -> grant.granted() > 0)
                    .map(Grant::order)
                    .collect(Collectors.toSet());
        }
    }

    /// *Errors:* 422 `item-unknown`, `line-repeated`, `damaged-exceeds-arrived`, `delivery-exceeds-expected`.
    static Count of(OfferedGroupBuy offered, List<Arrival> arrivals, List<AllocationRun> newest) {
        var items = offered.items().stream().collect(toMap(Item::id, Function.identity()));
        var runs = newest.stream().collect(toMap(run -> run.head().item(), Function.identity()));
        var counted = arrivals.stream()
                .map(arrival -> new Counted(find(items, arrival), arrival, runs.get(arrival.item())))
                .toList();
        counted.forEach(Count::check);
        checkDistinct(counted);
        return new Count(offered, counted);
    }

    private static Item find(Map<UUID, Item> items, Arrival arrival) {
        var item = items.get(arrival.item());
        if (item == null) {
            throw refuse("item-unknown", arrival.item());
        }
        return item;
    }

    private static void checkDistinct(List<Counted> counted) {
        var seen = new HashSet<UUID>();
        for (var one : counted) {
            if (!seen.add(one.item().id())) {
                throw refuse("line-repeated", one.item().name());
            }
        }
    }

    private static void check(Counted counted) {
        var arrival = counted.arrival();
        if (arrival.damaged() > arrival.arrived()) {
            throw refuse("damaged-exceeds-arrived", counted.item().name());
        }
        if (arrival.usable() > counted.expected()) {
            throw refuse("delivery-exceeds-expected", counted.item().name(), arrival.usable(), counted.expected())
                    .errors(List.of(
                            new FieldError("itemId", arrival.item().toString()),
                            new FieldError("usable", Long.toString(arrival.usable())),
                            new FieldError("expected", Long.toString(counted.expected()))));
        }
    }

    private static Problem refuse(String slug, Object... args) {
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, slug, args);
    }

    List<Short> shorts() {
        return items.stream()
                .filter(one -> one.arrival().usable() < one.granted())
                .flatMap(one -> Stream.ofNullable(one.last()).map(last -> new Short(one.item(), one.arrival(), last)))
                .toList();
    }
}
