package io.linli.local.replay;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The table a replay ends with.
final class Report {

    private static final int MOST_FINDINGS = 20;

    private Report() {}

    static String of(Replay.Outcome outcome, int badRows) {
        var text = new StringBuilder("\n");
        for (var line : counts(outcome, badRows)) {
            text.append("%-22s %8d%n".formatted(line.name(), line.count()));
        }
        text.append("%n%-34s %7s %10s %10s%n".formatted("step", "count", "p50", "p99"));
        for (var step : outcome.steps()) {
            text.append("%-34s %7d %10s %10s%n"
                    .formatted(step.step().title, step.count(), millis(step.median()), millis(step.p99())));
        }
        var day = outcome.day();
        if (day != null) {
            text.append('\n').append(of(day));
        }
        return text.append('\n').append(verdict(outcome)).toString();
    }

    static String of(RealDay day) {
        var first = "%d volunteers: %d tasks, %d delivered, %d failed, %d cancelled, %d delivered by a later attempt%n"
                .formatted(day.volunteers(), day.tasks(), day.delivered(), day.failed(), day.cancelled(), day.later());
        var looks = "limits looked at %d times; %d tasks tried by a second volunteer%n"
                .formatted(day.seen().looks(), day.seen().rivals());
        return first
                + looks
                + spread("minutes per volunteer", day.minutes())
                + spread("tasks per volunteer", day.carried());
    }

    private static String spread(String what, Spread spread) {
        return String.format(
                Locale.ROOT,
                "%-22s min %.0f, mean %.1f, max %.0f, max - min %.0f, Gini %.3f%n",
                what,
                spread.least(),
                spread.mean(),
                spread.most(),
                spread.range(),
                spread.gini());
    }

    private record Line(String name, long count) {}

    private static List<Line> counts(Replay.Outcome outcome, int badRows) {
        var groupBuys = outcome.groupBuys();
        long orders = groupBuys.stream().mapToLong(one -> one.orders().size()).sum();
        long parcels = groupBuys.stream().mapToLong(one -> one.parcels().size()).sum();
        return List.of(
                new Line("bad rows skipped", badRows),
                new Line("group buys", groupBuys.size()),
                new Line("orders", orders),
                new Line("  completed", orders(groupBuys, "completed")),
                new Line("  cancelled", orders(groupBuys, "cancelled")),
                new Line("  failed", orders(groupBuys, "failed")),
                new Line("parcels", parcels),
                new Line("  handed over", parcels(groupBuys, "handed-over")),
                new Line("  delivered", parcels(groupBuys, "delivered")),
                new Line("  failed", parcels(groupBuys, "failed")),
                new Line(
                        "  open",
                        groupBuys.stream().mapToLong(Observed::openParcels).sum()),
                new Line("events published *", outcome.events().published()),
                new Line("events consumed *", outcome.events().consumed()),
                new Line("events parked", outcome.events().parked()));
    }

    private static long orders(List<Observed> groupBuys, String state) {
        return groupBuys.stream()
                .flatMap(one -> one.orders().stream())
                .filter(order -> order.state().equals(state))
                .count();
    }

    private static long parcels(List<Observed> groupBuys, String state) {
        return groupBuys.stream().mapToLong(one -> one.parcelsIn(state)).sum();
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    private static String verdict(Replay.Outcome outcome) {
        var findings = outcome.findings();
        var note = "* of all communities, from the services' metrics since each last started\n";
        if (findings.isEmpty()) {
            var volunteers = outcome.day() == null ? "" : " Every task is final, no volunteer's limit was broken.";
            return note + "CHECK PASSED: every order is final, every quantity adds up, nothing is parked." + volunteers;
        }
        var text = new StringBuilder(note)
                .append("CHECK FAILED: ")
                .append(findings.size())
                .append(" findings");
        findings.stream()
                .limit(MOST_FINDINGS)
                .forEach(finding -> text.append("\n  ").append(finding));
        return text.toString();
    }
}
