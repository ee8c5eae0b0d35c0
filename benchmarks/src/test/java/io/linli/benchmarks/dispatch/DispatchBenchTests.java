package io.linli.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.benchmarks.report.Bar;
import io.linli.dispatch.engine.Budget;
import io.linli.dispatch.engine.search.Solver;
import io.linli.local.system.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatchBenchTests {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    @Test
    void what_is_written_holds_by_the_file_of_its_instance_alone() throws IOException {
        for (var name : List.of("few.txt", "few.vrp")) {
            var file = Files.writeString(folder.resolve(name), name.endsWith(".txt") ? solomon(30) : vrplib(30));
            var instance = Instance.read(file);
            var plan = new Solver(instance.problem(), 1).solve(new Budget.Iterations(500), () -> false);

            SolutionFile.write(folder, instance, 1, plan);

            assertThat(plan.undone()).isEmpty();
            SolutionCheck.holds(file, folder.resolve("few-1.sol"));
        }
    }

    @Test
    void a_plan_with_several_trips_tells_each_reload() throws IOException {
        var file = Files.writeString(folder.resolve("few.vrp"), vrplib(30));
        var instance = Instance.read(file);
        var plan = new Solver(instance.problem(), 1).solve(new Budget.Iterations(500), () -> false);

        assertThat(SolutionFile.text(instance, plan)).contains(" 0 ").endsWith("Cost: " + plan.distance() + "\n");
    }

    @Test
    void peers_plan_the_same_instance_and_are_judged_by_the_same_distances() throws IOException {
        var file = Files.writeString(folder.resolve("few.txt"), solomon(20));
        var instance = Instance.read(file);

        for (var peer : List.of(new OrTools(), new Jsprit())) {
            var plan = peer.plan(instance, SHORT, 1);

            assertThat(plan.undone()).isEmpty();
            SolutionFile.write(folder, instance, 2, plan);
            SolutionCheck.holds(file, folder.resolve("few-2.sol"));
        }
    }

    @Test
    void gaps_are_told_in_per_cent_of_the_best_known_and_held_against_their_bars() throws IOException {
        Files.writeString(folder.resolve("few.txt"), solomon(20));
        var instance = Instance.read(folder.resolve("few.txt"));
        long distance = new Linli().plan(instance, SHORT, 1).distance();
        Files.writeString(folder.resolve("BKS.json"), "{\"few\": %s}".formatted(distance / 10.0 / 1.02));
        var set = InstanceSet.below(folder).getFirst();

        var solved = new RoutingRun(folder, 1, new Progress(_ -> {})).run(set, new Linli(), Duration.ofSeconds(1));

        assertThat(solved).hasSize(1);
        assertThat(solved.getFirst().gap()).isBetween(0.0, 2.2);
        var bars = DispatchBars.of(solved);
        assertThat(bars.getFirst().name()).isEqualTo("Solomon, 1 s: mean gap");
        assertThat(bars.getFirst().value()).isEqualTo(solved.getFirst().gap());
        assertThat(bars.getLast().verdict()).isEqualTo(Bar.Verdict.NOT_MEASURED);
        assertThat(DispatchBars.table(solved)).contains("linli");
    }

    @Test
    void a_plan_that_leaves_customers_out_is_short_of_every_bar() {
        var undone = new Solved("a", InstanceSet.Family.SOLOMON, "linli", 1, "a", 1, "1.0", 1, 3, null, 1);

        assertThat(DispatchBars.of(List.of(undone)).getFirst().verdict()).isEqualTo(Bar.Verdict.SHORT);
    }

    @Test
    void a_flawed_file_is_told_by_its_name() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.txt"), "nothing\n");
        var curved = Files.writeString(folder.resolve("curved.vrp"), "NAME: x\nEDGE_WEIGHT_TYPE: GEO\n");

        assertThatThrownBy(() -> Instance.read(empty)).hasMessageContaining("empty.txt");
        assertThatThrownBy(() -> Instance.read(curved)).hasMessageContaining("curved.vrp");
        assertThatThrownBy(() -> InstanceSet.below(Files.createDirectory(folder.resolve("none"))))
                .hasMessageContaining("none");
    }

    /// Customers by chance with windows that leave room.
    private static String solomon(int customers) {
        var random = new SplittableRandom(3);
        var text = new StringBuilder("few\n\nVEHICLE\nNUMBER CAPACITY\n 25 60\n\nCUSTOMER\nCUST NO. XCOORD.\n\n");
        text.append("0 50 50 0 0 1000 0\n");
        for (int customer = 1; customer <= customers; customer++) {
            int ready = random.nextInt(400);
            text.append("%d %d %d %d %d %d 10\n"
                    .formatted(
                            customer,
                            random.nextInt(100),
                            random.nextInt(100),
                            1 + random.nextInt(20),
                            ready,
                            ready + 100 + random.nextInt(300)));
        }
        return text.toString();
    }

    private static String vrplib(int customers) {
        var random = new SplittableRandom(4);
        var places = new StringBuilder("1 50 50\n");
        var demands = new StringBuilder("1 0\n");
        var windows = new StringBuilder("1 0 2000\n");
        var releases = new StringBuilder("1 0\n");
        for (int node = 2; node <= customers + 1; node++) {
            places.append("%d %d %d\n".formatted(node, random.nextInt(100), random.nextInt(100)));
            demands.append("%d %d\n".formatted(node, 1 + random.nextInt(20)));
            int release = random.nextInt(500);
            windows.append("%d %d %d\n".formatted(node, release, release + 900 + random.nextInt(300)));
            releases.append("%d %d\n".formatted(node, release));
        }
        return """
                NAME: few
                EDGE_WEIGHT_TYPE: EUC_2D
                DIMENSION: %d
                VEHICLES: 4
                CAPACITY: 60
                SERVICE_TIME: 5
                NODE_COORD_SECTION
                %sDEMAND_SECTION
                %sTIME_WINDOW_SECTION
                %sRELEASE_TIME_SECTION
                %sVEHICLES_RELOAD_DEPOT_SECTION
                1 1
                2 1
                3 1
                4 1
                DEPOT_SECTION
                1
                EOF
                """.formatted(customers + 1, places, demands, windows, releases);
    }
}
