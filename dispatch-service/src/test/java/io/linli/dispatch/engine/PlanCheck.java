package io.linli.dispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Walks a plan job by job with nothing but the problem in hand.
final class PlanCheck {
    private PlanCheck() {}

    /// Everything is done once or told as undone, no limit is broken, and the distance is as told.
    static void holds(Problem problem, Plan plan) {
        var told = new ArrayList<>(plan.undone());
        long walked = 0;
        for (var route : plan.routes()) {
            route.trips().forEach(told::addAll);
            walked += walk(problem, problem.vehicles().get(route.vehicle()), route.trips());
        }
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, problem.jobs().size()).boxed().toList());
        assertThat(plan.routes()).extracting(Plan.Route::vehicle).doesNotHaveDuplicates();
        assertThat(plan.distance()).isEqualTo(walked);
    }

    private static long walk(Problem problem, Vehicle vehicle, List<List<Integer>> trips) {
        assertThat(trips).hasSizeBetween(1, vehicle.tripsMax());
        int size = problem.matrix().size();
        long walked = problem.matrix().distances()[vehicle.start() * size + vehicle.station()];
        int now = vehicle.shift().from() + problem.matrix().times()[vehicle.start() * size + vehicle.station()];
        for (int t = 0; t < trips.size(); t++) {
            var jobs = trips.get(t).stream().map(problem.jobs()::get).toList();
            assertThat(jobs).isNotEmpty().allMatch(job -> (job.skills() & ~vehicle.skills()) == 0);
            assertThat(jobs.stream().mapToInt(Job::weight).sum()).isLessThanOrEqualTo(vehicle.weight());
            assertThat(jobs.stream().mapToInt(Job::volume).sum()).isLessThanOrEqualTo(vehicle.volume());
            now = Math.max(now, jobs.stream().mapToInt(Job::release).max().orElseThrow());
            int place = vehicle.station();
            for (var job : jobs) {
                walked += problem.matrix().distances()[place * size + job.place()];
                now = begin(job, now + problem.matrix().times()[place * size + job.place()]) + job.service();
                place = job.place();
            }
            int next = t == trips.size() - 1 ? vehicle.end() : vehicle.station();
            walked += problem.matrix().distances()[place * size + next];
            now += problem.matrix().times()[place * size + next];
            assertThat(now).isLessThanOrEqualTo(vehicle.shift().to());
            now += vehicle.reload();
        }
        return walked;
    }

    private static int begin(Job job, int arrival) {
        return job.windows().stream()
                .filter(window -> arrival <= window.to())
                .mapToInt(window -> Math.max(arrival, window.from()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("too late for " + job));
    }
}
