package io.linli.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Checks a `.sol` file with nothing but the file of its instance in hand, read in a way of its own: every customer
/// once, capacity,
/// windows, releases, the number of vehicles and the cost.
final class SolutionCheck {
    /// Number of a customer, 0 for the depot, to x, y, demand, ready, due, service, release; times and distances in
    /// tenths.
    private final Map<Integer, int[]> rows = new HashMap<>();

    private int vehicles;
    private int capacity;
    private boolean reloads;

    private SolutionCheck() {}

    static void holds(Path instance, Path solution) throws IOException {
        var check = new SolutionCheck();
        var lines = Files.readAllLines(instance);
        if (instance.toString().endsWith(".vrp")) {
            check.readVrplib(lines);
        } else {
            check.readSolomon(lines);
        }
        check.check(Files.readAllLines(solution), instance.toString().endsWith(".vrp"));
    }

    private void readSolomon(List<String> lines) {
        for (var line : lines) {
            int[] numbers = numbers(line);
            if (numbers.length == 2) {
                vehicles = numbers[0];
                capacity = numbers[1];
            } else if (numbers.length == 7) {
                rows.put(numbers[0], new int[] {
                    numbers[1], numbers[2], numbers[3], 10 * numbers[4], 10 * numbers[5], 10 * numbers[6], 0
                });
            }
        }
    }

    private void readVrplib(List<String> lines) {
        int service = 0;
        var section = "";
        for (var line : lines) {
            if (line.endsWith("_SECTION")) {
                section = line;
            }
            int[] numbers = numbers(line.replaceAll("^[A-Z_]+: *", ""));
            if (line.startsWith("VEHICLES:")) {
                vehicles = numbers[0];
            } else if (line.startsWith("CAPACITY:")) {
                capacity = numbers[0];
            } else if (line.startsWith("SERVICE_TIME:")) {
                service = 10 * numbers[0];
            } else if (numbers.length > 1) {
                fill(section, numbers, service);
            }
        }
    }

    private void fill(String section, int[] numbers, int service) {
        int[] row = rows.computeIfAbsent(numbers[0] - 1, _ -> new int[7]);
        switch (section) {
            case "NODE_COORD_SECTION" -> {
                row[0] = numbers[1];
                row[1] = numbers[2];
                row[5] = service;
            }
            case "DEMAND_SECTION" -> row[2] = numbers[1];
            case "TIME_WINDOW_SECTION" -> {
                row[3] = 10 * numbers[1];
                row[4] = 10 * numbers[2];
            }
            case "RELEASE_TIME_SECTION" -> row[6] = 10 * numbers[1];
            case "VEHICLES_RELOAD_DEPOT_SECTION" -> reloads = true;
            case String other -> throw new AssertionError("an unknown section " + other);
        }
    }

    private static int[] numbers(String line) {
        var words = line.strip().split("\\s+");
        return Arrays.stream(words).allMatch(word -> word.matches("\\d+"))
                ? Arrays.stream(words).mapToInt(Integer::parseInt).toArray()
                : new int[0];
    }

    private void check(List<String> lines, boolean inTenths) {
        var visited = new ArrayList<Integer>();
        long cost = 0;
        int routes = 0;
        for (var line : lines) {
            if (line.startsWith("Route #")) {
                routes++;
                assertThat(line).startsWith("Route #" + routes + ":");
                cost += walk(line.substring(line.indexOf(':') + 1), visited);
            }
        }
        var all = rows.keySet().stream().filter(row -> row > 0).toList();
        assertThat(visited).containsExactlyInAnyOrderElementsOf(all);
        assertThat(routes).isLessThanOrEqualTo(vehicles);
        var told = inTenths ? Long.toString(cost) : String.format(Locale.ROOT, "%.1f", cost / 10.0);
        assertThat(lines.getLast()).isEqualTo("Cost: " + told);
    }

    private long walk(String route, List<Integer> visited) {
        var trips = route.strip().split(" 0 ");
        assertThat(trips.length).isLessThanOrEqualTo(reloads ? Integer.MAX_VALUE : 1);
        int now = depot()[3];
        long walked = 0;
        for (var trip : trips) {
            int[] customers = numbers(trip);
            assertThat(Arrays.stream(customers).map(each -> rows.get(each)[2]).sum())
                    .isLessThanOrEqualTo(capacity);
            now = Math.max(
                    now,
                    Arrays.stream(customers)
                            .map(each -> rows.get(each)[6])
                            .max()
                            .orElseThrow());
            int[] from = depot();
            for (int each : customers) {
                int[] to = rows.get(each);
                now = Math.max(now + distance(from, to), to[3]);
                assertThat(now).isLessThanOrEqualTo(to[4]);
                walked += distance(from, to);
                now += to[5];
                from = to;
                visited.add(each);
            }
            walked += distance(from, depot());
            now += distance(from, depot());
            assertThat(now).isLessThanOrEqualTo(depot()[4]);
        }
        return walked;
    }

    private int[] depot() {
        return rows.get(0);
    }

    private static int distance(int[] from, int[] to) {
        return (int) Math.floor(10 * Math.hypot(from[0] - to[0], from[1] - to[1]) + 1e-9);
    }
}
