package io.linli.dispatch.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.engine.Job;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Vehicle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Walks a plan job by job with nothing but the problem in hand.
final class PlanCheck {
    private final Problem problem;
    private long walked;
    private long others;

    private PlanCheck(Problem problem) {
        this.problem = problem;
    }

    /// Everything is done once or told as undone, no limit is broken, and the distance is as told. Answers what the
    /// plan
    /// costs, without what is undone.
    static long holds(Problem problem, Plan plan) {
        var told = new ArrayList<>(plan.undone());
        plan.routes().forEach(route -> route.trips().forEach(told::addAll));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, problem.jobs().size()).boxed().toList());
        assertThat(plan.routes()).extracting(Plan.Route::vehicle).doesNotHaveDuplicates();
        var check = new PlanCheck(problem);
        plan.routes().forEach(check::walk);
        assertThat(plan.distance()).isEqualTo(check.walked);
        return check.walked + check.others;
    }

    private void walk(Plan.Route route) {
        var vehicle = problem.vehicles().get(route.vehicle());
        assertThat(route.trips()).hasSizeBetween(1, vehicle.tripsMax());
        var way = vehicle.way();
        int work = time(way.start(), way.station());
        int now = vehicle.shift().from() + work;
        int place = way.station();
        walked += distance(way.start(), place);
        for (int t = 0; t < route.trips().size(); t++) {
            var jobs = route.trips().get(t).stream().map(problem.jobs()::get).toList();
            checkLoad(jobs, vehicle);
            now = Math.max(now, jobs.stream().mapToInt(Job::release).max().orElseThrow());
            for (int number : route.trips().get(t)) {
                checkAbility(route.vehicle(), number);
                var job = problem.jobs().get(number);
                int leg = time(place, job.place());
                int begin = begin(job, now + leg);
                countOthers(job, begin, route.vehicle());
                walked += distance(place, job.place());
                work += leg + job.service();
                now = begin + job.service();
                place = job.place();
            }
            int next = t == route.trips().size() - 1 ? way.end() : way.station();
            walked += distance(place, next);
            work += time(place, next);
            now += time(place, next);
            assertThat(now).isLessThanOrEqualTo(vehicle.shift().to());
            now += vehicle.reload();
            place = next;
        }
        assertThat(work).isLessThanOrEqualTo(vehicle.effort().most());
        countEffort(vehicle, work);
    }

    private static void checkLoad(List<Job> jobs, Vehicle vehicle) {
        assertThat(jobs).isNotEmpty();
        assertThat(jobs.stream().mapToInt(job -> job.load().weight()).sum())
                .isLessThanOrEqualTo(vehicle.capacity().weight());
        assertThat(jobs.stream().mapToInt(job -> job.load().volume()).sum())
                .isLessThanOrEqualTo(vehicle.capacity().volume());
    }

    private void checkAbility(int vehicle, int number) {
        var job = problem.jobs().get(number);
        var asks = job.asks();
        var ability = problem.vehicles().get(vehicle).ability();
        assertThat(problem.refused()).doesNotContain(new Problem.Refusal(vehicle, number));
        assertThat(job.bond().pinned()).isIn(-1, vehicle);
        assertThat(asks.skills() & ~ability.skills()).isZero();
        assertThat(asks.exposure()).isLessThanOrEqualTo(ability.exposureMax());
        assertThat(asks.stairs()).isLessThanOrEqualTo(ability.stairsMax());
        assertThat(asks.station())
                .isIn(-1, problem.vehicles().get(vehicle).way().station());
        if (asks.building() >= 0 && !ability.buildings().isEmpty()) {
            assertThat(ability.buildings()).contains(asks.building());
        }
    }

    private void countOthers(Job job, int begin, int vehicle) {
        var objective = problem.objective();
        long missed = job.asks().preferred()
                & ~problem.vehicles().get(vehicle).ability().skills();
        int published = job.bond().published();
        others += (long) objective.late() * Math.max(0, begin - job.by());
        others += (long) objective.preference() * Long.bitCount(missed);
        others += published < 0 || published == vehicle ? 0 : objective.change();
    }

    private void countEffort(Vehicle vehicle, int work) {
        int least = problem.vehicles().stream()
                .mapToInt(each -> each.effort().before())
                .min()
                .orElseThrow();
        int ahead = vehicle.effort().before() - least;
        others += problem.objective().unfairness(ahead + work)
                - problem.objective().unfairness(ahead);
    }

    private int distance(int from, int to) {
        return problem.matrix().distances()[from * problem.matrix().size() + to];
    }

    private int time(int from, int to) {
        return problem.matrix().times()[from * problem.matrix().size() + to];
    }

    private static int begin(Job job, int arrival) {
        return job.windows().stream()
                .filter(window -> arrival <= window.to())
                .mapToInt(window -> Math.max(arrival, window.from()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("too late for " + job));
    }
}
