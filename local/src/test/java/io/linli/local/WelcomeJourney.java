package io.linli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.journey.SharedSystem;
import io.linli.local.seed.DemoCommunity;
import io.linli.local.system.Progress;
import io.linli.local.system.RunningSystem;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class WelcomeJourney {

    @Test
    void the_first_curl_that_up_prints_really_works(RunningSystem system) throws Exception {
        DemoCommunity.settle(system.gateway(), new Progress(line -> {}));
        var commands = UpCommand.welcome(system.gateway())
                .lines()
                .map(line -> line.replaceFirst("^Try it", ""))
                .map(String::strip)
                .filter(line -> line.startsWith("code=") || line.startsWith("token=") || line.startsWith("curl"))
                .collect(Collectors.joining("\n"));

        var bash = new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .start();
        var output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains(DemoCommunity.NAME);
    }
}
