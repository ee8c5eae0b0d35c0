package io.linli.benchmarks.dispatch;

import io.linli.benchmarks.report.Machine;
import io.linli.benchmarks.report.Report;
import io.linli.local.system.Progress;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./linli bench dispatch`: the engine's routes against the best that is known, on one thread.
@Command(
        name = "dispatch",
        description = "Plans routing instances and holds them against the best known.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class DispatchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            description =
                    "A folder with Solomon (.txt) or VRPLIB (.vrp) files and their BKS.json, or with such folders.")
    private @Nullable Path data;

    @Option(
            names = "--out",
            defaultValue = "benchmarks/results/solutions",
            description = "Where solutions are written.")
    private Path out = Path.of("benchmarks/results/solutions");

    @Option(
            names = "--seconds",
            description = "Time for each plan; else 1 and 5 for Solomon's, 10 for 200 customers, 60 for several trips.")
    private @Nullable Integer seconds;

    @Option(names = "--seeds", defaultValue = "5", description = "How often each instance is planned, each seed anew.")
    private int seeds = 5;

    @Option(names = "--peers", description = "Have OR-Tools and jsprit plan the same, with one seed.")
    private boolean peers;

    @Option(names = "--own", description = "The cases of our own as well, which are all without --data.")
    private boolean ownToo;

    @Override
    public Integer call() {
        var say = new Progress(System.out::println);
        var machine = Machine.ofThisRun();
        say.say("Machine: " + machine);
        var at = Clock.systemUTC().instant();
        var solved = new ArrayList<Solved>();
        sets().forEach(set -> solved.addAll(solve(set, say)));
        var own = data == null || ownToo ? OwnCases.run(say) : null;
        var bars = new ArrayList<>(DispatchBars.of(solved));
        var measured = new ArrayList<Object>(solved);
        say.say(DispatchBars.table(solved));
        if (own != null) {
            say.say(own.table());
            bars.addAll(own.bars());
            measured.add(own);
        }
        var report = new Report("dispatch", at, machine, told(), measured, bars);
        say.say("Bars\n" + report.verdicts());
        say.say("Written to " + report.write(Path.of("benchmarks/results")));
        return report.exitCode();
    }

    private List<InstanceSet> sets() {
        try {
            return data == null ? List.of() : InstanceSet.below(fromCaller(data));
        } catch (IllegalArgumentException | UncheckedIOException unreadable) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private List<Solved> solve(InstanceSet set, Progress say) {
        var solved = new ArrayList<Solved>();
        for (var limit : limits(set.family())) {
            for (var planner : planners()) {
                say.say("%s, %s, %d s".formatted(set.name(), planner.name(), limit.toSeconds()));
                var run = new RoutingRun(folder(set, limit), planner instanceof Linli ? seeds : 1, say);
                solved.addAll(run.run(set, planner, limit));
            }
        }
        return solved;
    }

    /// A folder per limit where a set is planned with several.
    private Path folder(InstanceSet set, Duration limit) {
        var folder = fromCaller(out);
        return limits(set.family()).size() == 1 ? folder : folder.resolve(limit.toSeconds() + "s");
    }

    private List<RoutePlanner> planners() {
        return peers ? List.of(new Linli(), new OrTools(), new Jsprit()) : List.of(new Linli());
    }

    private List<Duration> limits(InstanceSet.Family family) {
        return seconds == null
                ? family.limits().stream().map(Duration::ofSeconds).toList()
                : List.of(Duration.ofSeconds(seconds));
    }

    /// The launcher works from the project's folder; a path is meant from where the caller stands.
    private static Path fromCaller(Path path) {
        return Path.of(System.getProperty("linli.caller", "")).resolve(path);
    }

    private Map<String, Object> told() {
        var told = new LinkedHashMap<String, Object>();
        told.put("seconds", seconds == null ? "by family" : seconds);
        told.put("seeds", seeds);
        told.put("peers", peers);
        return told;
    }
}
