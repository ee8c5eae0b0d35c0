package io.linli.local.replay;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a file asks for, worked out before the first request: who lives where, what is offered, who orders how much.
/// The same file and community give the same plan on every run, which is what lets a later run go on where
/// one broke off.
record ReplayPlan(List<Household> households, List<GroupBuy> groupBuys, long deliveries) {

    /// Units left over in every item, so that "sold plus left is the initial stock" is no tautology.
    static final int SPARE_UNITS = 5;

    /// What a volunteer with a trolley takes in one go; heavier parcels are fetched from the station with the code.
    static final long HEAVIEST_CARRIED_GRAMS = 200_000;

    record Household(String user, Delivery.Cell cell, String phone, String name, Flat flat) {}

    record Flat(int unit, int floor, String room) {}

    record Item(WeightClass weightClass, long grams, int demand, int limitPerHousehold) {
        String name() {
            return weightClass.title;
        }

        int stock() {
            return demand + SPARE_UNITS;
        }
    }

    /// All deliveries of one user in a part of a day, as one order.
    ///
    /// @param redelivered nobody took one of them at the first try
    record Order(String user, Map<WeightClass, Integer> lines, boolean doorstep, boolean redelivered) {
        int units() {
            return lines.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    record GroupBuy(DaySlot slot, List<Item> items, List<Order> orders) {}

    /// Which part of the file is played.
    record Choice(@Nullable LocalDate from, int days, long heavyGrams) {}

    static ReplayPlan of(List<Delivery> file, Choice choice, String community) {
        var dates = file.stream()
                .map(Delivery::date)
                .filter(date -> choice.from() == null || !date.isBefore(choice.from()))
                .distinct()
                .sorted()
                .limit(choice.days())
                .collect(toSet());
        var played = file.stream().filter(row -> dates.contains(row.date())).toList();
        var users = played.stream().map(Delivery::user).collect(toSet());
        // Homes are given out over the whole file, so that more days later do not move anybody.
        var households = Homes.of(file, community).stream()
                .filter(household -> users.contains(household.user()))
                .toList();
        return new ReplayPlan(households, groupBuys(played, choice.heavyGrams()), played.size());
    }

    private static List<GroupBuy> groupBuys(List<Delivery> played, long heavyGrams) {
        var bySlot = played.stream().collect(groupingBy(Delivery::daySlot, TreeMap::new, Collectors.toList()));
        var groupBuys = new ArrayList<GroupBuy>();
        bySlot.forEach((slot, rows) -> groupBuys.add(groupBuy(slot, rows, heavyGrams)));
        return List.copyOf(groupBuys);
    }

    private static GroupBuy groupBuy(DaySlot slot, List<Delivery> rows, long heavyGrams) {
        var items = items(rows);
        var orders = new ArrayList<Order>();
        rows.stream()
                .collect(groupingBy(Delivery::user, TreeMap::new, Collectors.toList()))
                .forEach((user, own) -> orders.add(order(user, own, items, heavyGrams)));
        return new GroupBuy(slot, items, List.copyOf(orders));
    }

    private static Order order(String user, List<Delivery> own, List<Item> items, long heavyGrams) {
        var lines = new EnumMap<WeightClass, Integer>(WeightClass.class);
        own.forEach(row -> lines.merge(WeightClass.of(row.grams()), 1, Integer::sum));
        boolean redelivered = own.stream().anyMatch(Delivery::redelivered);
        boolean asksForHelp = redelivered || own.stream().anyMatch(row -> row.grams() > heavyGrams);
        return new Order(user, lines, asksForHelp && grams(lines, items) <= HEAVIEST_CARRIED_GRAMS, redelivered);
    }

    private static long grams(Map<WeightClass, Integer> lines, List<Item> items) {
        return items.stream()
                .mapToLong(item -> item.grams() * lines.getOrDefault(item.weightClass(), 0))
                .sum();
    }

    private static List<Item> items(List<Delivery> rows) {
        var byClass = rows.stream()
                .collect(groupingBy(
                        row -> WeightClass.of(row.grams()),
                        () -> new EnumMap<>(WeightClass.class),
                        Collectors.toList()));
        var items = new ArrayList<Item>();
        byClass.forEach(
                (weightClass, own) -> items.add(new Item(weightClass, meanGrams(own), own.size(), mostOfOne(own))));
        return List.copyOf(items);
    }

    private static long meanGrams(List<Delivery> rows) {
        return Math.max(
                1, Math.round(rows.stream().mapToLong(Delivery::grams).average().orElseThrow()));
    }

    private static int mostOfOne(List<Delivery> rows) {
        return rows.stream().collect(groupingBy(Delivery::user, counting())).values().stream()
                .mapToInt(Long::intValue)
                .max()
                .orElseThrow();
    }
}
