package io.linli.local.demo;

import io.linli.local.seed.DemoCommunity;
import io.linli.local.system.Progress;
import io.linli.local.system.RunningSystem;
import io.linli.local.system.SystemOptions;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `./linli demo`: a short day of the demo community in the terminal, all of it through the public API.
@Command(
        name = "demo",
        description = "Plays a short day of a community: orders, a courier, codes, a volunteer at a door.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    @Mixin
    private SystemOptions system = new SystemOptions();

    @Override
    public Integer call() {
        var say = new Progress(System.out::println);
        return system.withSystem(say, running -> play(running, say));
    }

    private static int play(RunningSystem running, Progress say) {
        var people = DemoCommunity.settle(running.gateway(), say);
        return new DemoDay(people, Stage.of(say, System.getenv()), Clock.systemUTC()).play() ? 0 : 1;
    }
}
