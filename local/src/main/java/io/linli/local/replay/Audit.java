package io.linli.local.replay;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Compares what the plan asked for with what the system shows at the end; every difference is one sentence.
final class Audit {
    /// What a group buy can be once it was formed.
    private static final Set<String> MADE = Set.of("formed", "ordered", "shipped", "arrived", "settled");

    private static final String COMPLETED = "completed";
    private static final String FAILED = "failed";

    private final Map<UUID, String> users;
    private final List<String> findings = new ArrayList<>();

    private Audit(Map<UUID, String> users) {
        this.users = users;
    }

    /// @param users household id to the user of the file who lives there
    static List<String> of(List<ReplayPlan.GroupBuy> planned, Map<String, Observed> shown, Map<UUID, String> users) {
        var audit = new Audit(users);
        for (var groupBuy : planned) {
            var observed = shown.get(groupBuy.slot().title());
            if (observed == null) {
                audit.say(groupBuy, "is not there");
            } else {
                audit.check(groupBuy, observed);
            }
        }
        return List.copyOf(audit.findings);
    }

    private void check(ReplayPlan.GroupBuy planned, Observed shown) {
        if (!MADE.contains(shown.state())) {
            say(planned, "is " + shown.state() + " instead of formed");
        }
        orders(planned, shown);
        quantities(planned, shown);
        parcels(planned, shown);
    }

    private void orders(ReplayPlan.GroupBuy planned, Observed shown) {
        var names = shown.items().stream().collect(toMap(Observed.Item::id, Observed.Item::name));
        var byUser = shown.orders().stream()
                .collect(groupingBy(order -> users.getOrDefault(order.household(), "household " + order.household())));
        for (var order : planned.orders()) {
            var own = byUser.getOrDefault(order.user(), List.of());
            if (own.size() != 1) {
                say(planned, order.user() + " has " + own.size() + " orders instead of 1");
            } else if (!named(order).equals(named(own.getFirst(), names))) {
                say(planned, order.user() + " got " + named(own.getFirst(), names) + " instead of " + named(order));
            }
            byUser.remove(order.user());
        }
        byUser.forEach((user, extra) -> say(planned, user + " has " + extra.size() + " orders nobody planned"));
        shown.orders().stream()
                .filter(order -> !order.isFinal())
                .forEach(order -> say(planned, "order " + order.id() + " is " + order.state() + ", not final"));
    }

    private void quantities(ReplayPlan.GroupBuy planned, Observed shown) {
        var ordered = shown.orders().stream()
                .filter(order -> !order.state().equals("cancelled"))
                .flatMap(order -> order.lines().entrySet().stream())
                .collect(groupingBy(Map.Entry::getKey, summingInt(Map.Entry::getValue)));
        var plannedItems = planned.items().stream().collect(toMap(ReplayPlan.Item::name, item -> item));
        for (var item : shown.items()) {
            int lines = ordered.getOrDefault(item.id(), 0);
            if (lines != item.sold()) {
                say(planned, item.name() + ": lines hold " + lines + ", sold are " + item.sold());
            }
            if (item.initial() - item.sold() != item.left()) {
                say(planned, item.name() + ": " + item.initial() + " - " + item.sold() + " is not " + item.left());
            }
            var plannedItem = plannedItems.remove(item.name());
            if (plannedItem == null || plannedItem.stock() != item.initial() || plannedItem.demand() != item.sold()) {
                say(planned, item.name() + ": " + item.sold() + " of " + item.initial() + ", planned " + plannedItem);
            }
        }
        plannedItems.keySet().forEach(name -> say(planned, name + " is not offered"));
    }

    private void parcels(ReplayPlan.GroupBuy planned, Observed shown) {
        var states = new HashMap<UUID, String>();
        shown.orders().forEach(order -> states.put(order.id(), order.state()));
        var packed = new HashSet<UUID>();
        for (var parcel : shown.parcels()) {
            if (!parcel.isFinal()) {
                say(planned, "parcel " + parcel.id() + " is " + parcel.state() + ", not final");
            }
            for (var order : parcel.orders()) {
                if (!packed.add(order)) {
                    say(planned, "order " + order + " is in two parcels");
                }
                agree(planned, parcel, order, states.get(order));
            }
        }
        shown.orders().stream()
                .filter(order -> order.state().equals(COMPLETED) && !packed.contains(order.id()))
                .forEach(order -> say(planned, "order " + order.id() + " is completed without a parcel"));
    }

    private void agree(
            ReplayPlan.GroupBuy planned,
            Observed.Parcel parcel,
            UUID order,
            @org.jspecify.annotations.Nullable String state) {
        var expected = parcel.state().equals(FAILED) ? FAILED : COMPLETED;
        if (state == null) {
            say(planned, "parcel " + parcel.id() + " holds the unknown order " + order);
        } else if (parcel.isFinal() && !state.equals(expected)) {
            say(planned, "parcel " + parcel.id() + " is " + parcel.state() + ", its order " + order + " " + state);
        }
    }

    private static Map<String, Integer> named(ReplayPlan.Order order) {
        return order.lines().entrySet().stream().collect(toMap(line -> line.getKey().title, Map.Entry::getValue));
    }

    private static Map<String, Integer> named(Observed.Order order, Map<UUID, String> names) {
        return order.lines().entrySet().stream()
                .collect(toMap(line -> names.getOrDefault(line.getKey(), "?"), Map.Entry::getValue, Integer::sum));
    }

    private void say(ReplayPlan.GroupBuy groupBuy, String what) {
        findings.add(groupBuy.slot().title() + ": " + what);
    }
}
