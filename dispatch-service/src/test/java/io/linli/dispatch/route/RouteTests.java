package io.linli.dispatch.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.task.TaskInHand;
import io.linli.dispatch.task.TaskKind;
import io.linli.dispatch.task.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RouteTests {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final UUID ME = new UUID(0, 1);
    private static final RouteSettings SETTINGS = new RouteSettings(
            1.0, 20, 5, Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(15));

    private static TaskInHand task(
            int id, int building, double x, int floor, boolean lift, Integer stopNo, Instant eta) {
        return new TaskInHand(
                new UUID(1, id),
                ME,
                TaskKind.DELIVERY,
                "accepted",
                new UUID(2, building),
                "b",
                x,
                0,
                floor,
                lift,
                "1-1-1",
                100,
                Window.ANY,
                stopNo,
                eta);
    }

    private static List<Integer> order(Route route) {
        return route.stops().stream()
                .map(stop -> (int) stop.task().id().getLeastSignificantBits())
                .toList();
    }

    @Test
    void without_a_plan_the_nearest_building_comes_first_and_is_left_last() {
        var route = Route.of(
                ME,
                List.of(
                        task(1, 2, 300, 2, false, null, null),
                        task(2, 1, 100, 6, false, null, null),
                        task(3, 1, 100, 2, false, null, null)),
                SETTINGS,
                NOW);

        assertThat(order(route)).containsExactly(3, 2, 1);
        assertThat(route.loadGrams()).isEqualTo(300);
    }

    @Test
    void the_estimate_adds_paths_floors_and_doors() {
        var route = Route.of(
                ME,
                List.of(task(1, 1, 100, 3, false, null, null), task(2, 2, 150, 11, true, null, null)),
                SETTINGS,
                NOW);

        assertThat(route.stops().get(0).eta()).isEqualTo(NOW.plusSeconds(100 + 2 * 20 + 60));
        assertThat(route.stops().get(1).eta())
                .isEqualTo(NOW.plusSeconds(100 + 2 * 20 + 60 + 2 * 20 + 50 + 10 * 5 + 60));
    }

    @Test
    void a_plan_counts_before_what_is_near() {
        var planned = NOW.plusSeconds(999);
        var route = Route.of(
                ME,
                List.of(
                        task(1, 1, 10, 1, false, null, null),
                        task(2, 2, 300, 1, false, 2, null),
                        task(3, 3, 500, 1, false, 1, planned)),
                SETTINGS,
                NOW);

        assertThat(order(route)).containsExactly(3, 2, 1);
        assertThat(route.stops().getFirst().eta()).isEqualTo(planned);
    }
}
