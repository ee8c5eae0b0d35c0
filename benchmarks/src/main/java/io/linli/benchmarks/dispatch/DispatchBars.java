package io.linli.benchmarks.dispatch;

import io.linli.benchmarks.dispatch.InstanceSet.Family;
import io.linli.benchmarks.report.Bar;
import io.linli.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The bars of `./linli bench dispatch`: gaps to the best known cost, over all instances and seeds of a family.
final class DispatchBars {
    private static final String PER_CENT = " %";
    private static final double ALL_UNDONE = Double.POSITIVE_INFINITY;

    /// @param limit seconds
    /// @param worst of a single run; none is asked of some families
    private record Asked(
            Family family,
            double limit,
            double mean,
            @Nullable Double worst) {}

    private static final List<Asked> ASKED = List.of(
            new Asked(Family.SOLOMON, 1, 1.0, 5.0),
            new Asked(Family.SOLOMON, 5, 0.5, 3.0),
            new Asked(Family.GEHRING_HOMBERGER, 10, 1.5, null),
            new Asked(Family.MULTI_TRIP, 60, 0.95, null));

    private DispatchBars() {}

    static List<Bar> of(List<Solved> solved) {
        var bars = new ArrayList<Bar>();
        for (var asked : ASKED) {
            var gaps = gaps(solved, asked);
            var name = "%s, %.0f s: ".formatted(asked.family().told(), asked.limit());
            var note = gaps.length == 0 ? "none planned with this limit" : gaps.length + " plans";
            bars.add(Bar.atMost(name + "mean gap", asked.mean(), PER_CENT, mean(gaps), note));
            if (asked.worst() != null) {
                bars.add(Bar.atMost(name + "worst gap", asked.worst(), PER_CENT, worst(gaps), note));
            }
        }
        return bars;
    }

    private static double[] gaps(List<Solved> solved, Asked asked) {
        return solved.stream()
                .filter(one -> one.planner().equals(new Linli().name()))
                .filter(one -> one.family() == asked.family() && one.limit() == asked.limit())
                .filter(one -> one.gap() != null || one.undone() > 0)
                .mapToDouble(one -> Objects.requireNonNullElse(one.gap(), ALL_UNDONE))
                .toArray();
    }

    private static @Nullable Double mean(double[] gaps) {
        return gaps.length == 0 ? null : Arrays.stream(gaps).average().orElseThrow();
    }

    private static @Nullable Double worst(double[] gaps) {
        return gaps.length == 0 ? null : Arrays.stream(gaps).max().orElseThrow();
    }

    private record Row(String set, String planner, double limit) {}

    /// One line per set, planner and time limit.
    static String table(List<Solved> solved) {
        var rows = solved.stream()
                .collect(Collectors.groupingBy(
                        one -> new Row(one.set(), one.planner(), one.limit()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        var table =
                new Table("set", "planner", "limit s", "plans", "undone", "mean %", "median %", "worst %", "longest s");
        rows.forEach((row, runs) -> table.row(
                row.set(),
                row.planner(),
                figure(row.limit()),
                runs.size(),
                runs.stream().mapToInt(Solved::undone).sum(),
                figure(mean(known(runs))),
                figure(median(known(runs))),
                figure(worst(known(runs))),
                figure(runs.stream().mapToDouble(Solved::seconds).max().orElseThrow())));
        return table.toString();
    }

    private static double[] known(List<Solved> runs) {
        return runs.stream()
                .map(Solved::gap)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    private static @Nullable Double median(double[] sorted) {
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return null;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String figure(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
