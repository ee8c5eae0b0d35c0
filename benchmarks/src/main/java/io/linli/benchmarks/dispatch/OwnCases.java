package io.linli.benchmarks.dispatch;

import io.linli.benchmarks.report.Bar;
import io.linli.benchmarks.report.Table;
import io.linli.dispatch.engine.Objective;
import io.linli.local.system.Progress;
import java.util.List;
import java.util.Locale;

/// What no published instance asks: an evening with promises, four weeks of fairness, growth.
record OwnCases(Evening evening, FourWeeks shortest, FourWeeks fair, List<Scale> scales) {
    /// Lateness and fairness as dispatch-service weighs them by default; a change is worth a quarter of an hour of
    /// walking.
    private static final Objective FAIR = new Objective(5, 0.05, 900, 120);

    private static final Objective NOT_FAIR = new Objective(5, 0, 900, 120);
    private static final int PER_CENT = 100;
    private static final String MILLIS = " ms";
    private static final String SHARE = " %";

    static OwnCases run(Progress say) {
        say.say("An evening: 200 tasks, 30 volunteers, 40 further tasks one at a time");
        var evening = Evening.run();
        say.say("Four weeks of 90 tasks and 30 volunteers, twice");
        var shortest = FourWeeks.run(NOT_FAIR);
        var fair = FourWeeks.run(FAIR);
        say.say("Growth");
        return new OwnCases(evening, shortest, fair, Scale.run().toList());
    }

    List<Bar> bars() {
        double cut = PER_CENT * (1 - fair.spread() / shortest.spread());
        double more = PER_CENT * ((double) fair.walked() / shortest.walked() - 1);
        var spreads = "%.0f to %.0f minutes a week".formatted(shortest.spread(), fair.spread());
        return List.of(
                Bar.atMost("recommend, plan at hand: p95", 20, MILLIS, p95(evening.recommended()), "200 tasks"),
                Bar.atMost("recommend, plan read anew: p95", 20, MILLIS, p95(evening.recommendedAnew()), "200 tasks"),
                Bar.atLeast(
                        "promises kept by an insert in 500 ms",
                        95,
                        SHARE,
                        PER_CENT * evening.keptLeast(),
                        "least of %d inserts, %d placed"
                                .formatted(evening.kept().size(), evening.placed())),
                Bar.atLeast("spread of weekly minutes cut by", 50, SHARE, cut, spreads),
                Bar.atMost(
                        "more walking for it",
                        3,
                        SHARE,
                        more,
                        "%d and %d undone".formatted(shortest.undone(), fair.undone())));
    }

    private static double p95(List<Double> values) {
        return Evening.percentile95(values);
    }

    String table() {
        var table = new Table("tasks", "volunteers", "first plan ms", "step us", "MiB", "undone");
        scales.forEach(scale -> table.row(
                scale.tasks(),
                scale.volunteers(),
                figure(scale.first()),
                figure(scale.step()),
                figure(scale.memory()),
                scale.undone()));
        return table.toString();
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
