package io.linli.local.replay;

import io.linli.local.system.Progress;
import io.linli.local.system.RunningSystem;
import io.linli.local.system.SystemOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./linli replay FILE.csv`: exit code 0 when the check passes, 1 when not, 2 when the file or the
/// options are refused.
@Command(
        name = "replay",
        description = "Plays days of real deliveries through the public API and checks that nothing is lost.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    private static final int REFUSED = 2;
    private static final int MOST_BAD_ROWS_SHOWN = 50;
    private static final int MOST_VOLUNTEERS = 200;

    /// Nobody waits half an hour for the second attempt of a day that is played in minutes.
    private static final Map<String, String> SHORT_WAITS = Map.of("linli.dispatch.task.retry-after", "3s");

    @Parameters(index = "0", paramLabel = "FILE.csv", description = "Columns as in changshu_deliveries.csv.")
    private Path file = Path.of("");

    @Option(names = "--days", description = "How many days to play (default: all).")
    private int days = Integer.MAX_VALUE;

    @Option(names = "--from", paramLabel = "DATE", description = "First day, such as 2024-08-03.")
    private @Nullable LocalDate from;

    @Option(
            names = "--speed",
            defaultValue = "0",
            description = "Times faster than real between parts of a day; 0 = at once (default).")
    private double speed;

    @Option(names = "--community", defaultValue = "回放小区", description = "Another name is a run of its own.")
    private String community = "";

    @Option(names = "--heavy-kg", defaultValue = "20", description = "Heavier ones are carried up (default: 20).")
    private double heavyKilograms;

    @Option(
            names = "--volunteers",
            paramLabel = "N",
            description = "A real day: N volunteers with limits, and the redelivered stay shut at the first try.")
    private int volunteers;

    @Mixin
    private SystemOptions system = new SystemOptions();

    @Override
    public Integer call() {
        var say = new Progress(System.out::println);
        if (days < 1 || !(speed >= 0) || !(heavyKilograms > 0) || community.isBlank() || community.length() > 60) {
            System.err.println(
                    "--days and --heavy-kg are above 0, --speed is 0 or more, a community has 1 to 60 letters");
            return REFUSED;
        }
        if (volunteers != 0 && (volunteers < Roster.FEWEST || volunteers > MOST_VOLUNTEERS)) {
            System.err.println("--volunteers is " + Roster.FEWEST + " to " + MOST_VOLUNTEERS);
            return REFUSED;
        }
        try {
            var contents = DeliveryFile.read(file);
            tellBadRows(contents, say);
            var choice = new ReplayPlan.Choice(from, days, Math.round(heavyKilograms * 1000));
            return play(
                    ReplayPlan.of(contents.deliveries(), choice, community),
                    contents.badRows().size(),
                    say);
        } catch (DeliveryFile.RefusedFile e) {
            System.err.println(file + " " + e.getMessage());
            return REFUSED;
        }
    }

    private int play(ReplayPlan plan, int badRows, Progress say) throws DeliveryFile.RefusedFile {
        if (plan.groupBuys().isEmpty()) {
            throw new DeliveryFile.RefusedFile("has no row from " + from);
        }
        say.say("%s: %d deliveries of %d households in %d group buys"
                .formatted(
                        file.getFileName(),
                        plan.deliveries(),
                        plan.households().size(),
                        plan.groupBuys().size()));
        var roster = volunteers == 0 ? Roster.PLAIN : Roster.realDay(volunteers);
        ToIntFunction<RunningSystem> work = running -> {
            var settings = new Replay.Settings(
                    community, SystemOptions.OPERATOR_PHONE, new Pace(speed), roster, Clock.systemUTC());
            var outcome = new Replay(plan, running, settings, say).play();
            say.say(Report.of(outcome, badRows));
            return outcome.isSound() ? 0 : 1;
        };
        return roster.isRealDay() ? system.withOwnSystem(say, SHORT_WAITS, work) : system.withSystem(say, work);
    }

    private void tellBadRows(DeliveryFile.Contents contents, Progress say) {
        var bad = contents.badRows();
        bad.stream()
                .limit(MOST_BAD_ROWS_SHOWN)
                .forEach(row ->
                        say.say("%s:%d is skipped: it %s".formatted(file.getFileName(), row.line(), row.reason())));
        if (bad.size() > MOST_BAD_ROWS_SHOWN) {
            say.say("… and " + (bad.size() - MOST_BAD_ROWS_SHOWN) + " more bad rows");
        }
    }
}
