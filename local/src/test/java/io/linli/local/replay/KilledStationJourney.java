package io.linli.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.client.Await;
import io.linli.local.journey.SharedSystem;
import io.linli.local.system.Home;
import io.linli.local.system.LocalSystem;
import io.linli.local.system.Progress;
import io.linli.local.system.SystemOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/// Every service as its own process; station-service is killed with -9 in the middle of the day.
class KilledStationJourney {

    private static final int ROWS = 90;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void a_replay_survives_the_death_of_the_station_and_its_check_passes() throws Exception {
        var home = SharedSystem.temporary();
        var lines = new CopyOnWriteArrayList<String>();
        var say = new Progress(line -> {
            lines.add(line);
            System.out.println(line);
        });
        try (var system = LocalSystem.start(SharedSystem.options(home, true), say)) {
            var replay = CompletableFuture.supplyAsync(() -> replay(system, say).play());
            Await.untilTrue("the first parcels are out", LIMIT, () -> played(lines) || replay.isDone());
            long killed = kill(new Home(home).pid("station-service"));

            var outcome = replay.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

            assertThat(outcome.findings()).isEmpty();
            assertThat(outcome.groupBuys().stream()
                            .mapToInt(one -> one.orders().size())
                            .sum())
                    .isPositive();
            assertThat(outcome.groupBuys())
                    .anySatisfy(one -> assertThat(one.parcelsIn("delivered")).isPositive());
            assertThat(lines).anyMatch(line -> line.contains("station-service ended (137)"));
            assertThat(pid(new Home(home).pid("station-service"))).isNotEqualTo(killed);
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
    }

    private static boolean played(List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains(PartOfDay.MORNING.title) && line.contains("orders"));
    }

    private static Replay replay(LocalSystem system, Progress say) {
        var plan = ReplayPlan.of(rows(), new ReplayPlan.Choice(null, 1, 20_000), "被杀小区");
        var settings =
                new Replay.Settings("被杀小区", SystemOptions.OPERATOR_PHONE, new Pace(0), Roster.PLAIN, Clock.systemUTC());
        return new Replay(plan, system.describe(), settings, say);
    }

    private static List<Delivery> rows() {
        var random = new Random(7);
        var rows = new ArrayList<Delivery>();
        for (int i = 1; i <= ROWS; i++) {
            var cell = new Delivery.Cell(random.nextInt(3), random.nextInt(3));
            var user = "user" + random.nextInt(40);
            long grams = 1 + random.nextInt(30_000);
            rows.add(new Delivery(
                    i + 1, i, LocalDate.of(2024, 8, 1), user, cell, random.nextInt(7), grams, random.nextInt(20) == 0));
        }
        return rows;
    }

    private static long kill(Path pidFile) throws IOException {
        long pid = pid(pidFile);
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        return pid;
    }

    private static long pid(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }
}
