package io.linli.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.journey.SharedSystem;
import io.linli.local.seed.DemoCommunity;
import io.linli.local.system.Progress;
import io.linli.local.system.RunningSystem;
import java.time.Clock;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class DemoJourney {

    @Test
    void the_demo_plays_to_its_end_without_colours_in_a_file(RunningSystem system) {
        var lines = new ArrayList<String>();
        var say = new Progress(lines::add);
        var people = DemoCommunity.settle(system.gateway(), say);

        boolean sound = new DemoDay(people, new Stage(say, false), Clock.systemUTC()).play();

        assertThat(sound).as(String.join("\n", lines)).isTrue();
        assertThat(lines).anyMatch(line -> line.contains("409 sold-out"));
        assertThat(lines).anyMatch(line -> line.contains("code-wrong"));
        assertThat(lines).anyMatch(line -> line.contains("6 completed, 1 cancelled, 0 failed"));
        assertThat(lines).noneMatch(line -> line.contains("\u001B"));
    }
}
