package io.linli.local.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// How long every step took, as its actor felt it: retries and waits included.
final class StepTimes {

    private static final int MOST_KEPT = 1_000_000;

    record Summary(Step step, int count, Duration median, Duration p99) {}

    private final Map<Step, List<Duration>> taken = new EnumMap<>(Step.class);

    synchronized void add(Step step, Duration duration) {
        var durations = taken.computeIfAbsent(step, key -> new ArrayList<>());
        if (durations.size() < MOST_KEPT) {
            durations.add(duration);
        }
    }

    <T> T of(Step step, Supplier<T> work) {
        long start = System.nanoTime();
        var result = work.get();
        add(step, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    synchronized List<Summary> summaries() {
        var summaries = new ArrayList<Summary>();
        taken.forEach((step, durations) -> {
            Collections.sort(durations);
            summaries.add(new Summary(step, durations.size(), at(durations, 0.5), at(durations, 0.99)));
        });
        return summaries;
    }

    private static Duration at(List<Duration> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
    }
}
