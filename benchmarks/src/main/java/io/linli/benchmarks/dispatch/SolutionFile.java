package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a plan as `<instance>-<seed>.sol`: one line per route with the customers' numbers, 0 for a reload at the
/// depot, and
/// the cost last.
final class SolutionFile {
    private SolutionFile() {}

    static void write(Path folder, Instance instance, long seed, Plan plan) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("%s-%d.sol".formatted(instance.name(), seed)), text(instance, plan));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static String text(Instance instance, Plan plan) {
        var text = new StringBuilder();
        int number = 0;
        for (var route : plan.routes()) {
            var trips = route.trips().stream().map(SolutionFile::customers).collect(Collectors.joining(" 0 "));
            text.append("Route #%d: %s%n".formatted(++number, trips));
        }
        return text.append("Cost: ")
                .append(instance.costText(plan.distance()))
                .append('\n')
                .toString();
    }

    private static String customers(List<Integer> trip) {
        return trip.stream().map(job -> Integer.toString(job + 1)).collect(Collectors.joining(" "));
    }
}
