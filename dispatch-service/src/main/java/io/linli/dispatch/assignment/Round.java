package io.linli.dispatch.assignment;

import io.linli.dispatch.engine.Job;
import io.linli.dispatch.engine.Layout;
import io.linli.dispatch.engine.Load;
import io.linli.dispatch.engine.Objective;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Vehicle;
import io.linli.dispatch.engine.Window;
import io.linli.dispatch.route.RouteSettings;
import io.linli.dispatch.task.TaskInHand;
import io.linli.dispatch.task.WaitingTask;
import io.linli.dispatch.training.TrainingKind;
import io.linli.dispatch.volunteer.OnShift;
import io.linli.dispatch.volunteer.Skill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The waiting tasks and the volunteers on shift as a problem of the engine: each volunteer's next round from the
/// station, with what is promised already pinned to them.
///
/// Jobs are the waiting tasks in their order, then the promised ones, volunteer by volunteer.
///
/// *Units:* seconds since `now`, grams.
final class Round {
    private static final int HORIZON = (int) Duration.ofDays(1).toSeconds();
    private static final int NEED_STEP = 8;
    private static final int NEED_LEVELS = 4;

    private final Instant now;
    final int atDoor;
    private final List<Layout.Place> places = new ArrayList<>();
    private final Map<Layout.Place, Integer> known = new HashMap<>();
    private final int station = place(Layout.Place.ground(0, 0));
    private final Map<UUID, Integer> buildings = new HashMap<>();
    private final Map<String, Integer> skills = new HashMap<>();
    private final Set<Problem.Refusal> refused = new HashSet<>();
    final List<WaitingTask> waiting;
    final List<Carrier> carriers;
    final List<TaskInHand> promised;
    final Problem problem;
    /// Of what is promised alone.
    final Plan begun;

    Round(
            List<Carrier> carriers,
            List<WaitingTask> waiting,
            Instant now,
            AssignmentSettings settings,
            RouteSettings pace) {
        this.now = now;
        this.atDoor = (int) pace.atDoor().toSeconds();
        this.waiting = waiting;
        this.carriers = carriers;
        this.promised =
                carriers.stream().flatMap(each -> each.promised().stream()).toList();
        var jobs = new ArrayList<>(waiting.stream().map(this::toJob).toList());
        for (int v = 0; v < carriers.size(); v++) {
            int vehicle = v;
            carriers.get(v).promised().forEach(task -> jobs.add(toJob(task, vehicle)));
        }
        var vehicles = carriers.stream().map(this::toVehicle).toList();
        refuse();
        var objective = new Objective(settings.lateWeight(), settings.fairWeight(), 0, 0);
        problem = new Problem(Layout.matrix(places, toPace(pace)), jobs, vehicles, refused, objective);
        begun = begun();
    }

    private static Layout.Pace toPace(RouteSettings pace) {
        return new Layout.Pace(pace.walkingMetresPerSecond(), pace.secondsPerFloor(), pace.secondsPerFloorByLift(), 0);
    }

    private int building(UUID id) {
        return buildings.computeIfAbsent(id, _ -> buildings.size());
    }

    /// Tasks at one door share a place, which keeps the matrix small.
    private int place(Layout.Place place) {
        return known.computeIfAbsent(place, added -> {
            places.add(added);
            return places.size() - 1;
        });
    }

    private int seconds(Instant at) {
        return (int) Math.clamp(Duration.between(now, at).toSeconds(), -HORIZON, HORIZON);
    }

    private Job toJob(WaitingTask task) {
        var window = task.needs().window();
        int from = window.earliest() == null ? 0 : Math.max(0, seconds(window.earliest()));
        int by = window.latest() == null ? Job.WHENEVER : seconds(window.latest());
        var door = new Layout.Place(
                task.x(), task.y(), building(task.building()), Math.max(0, task.floor() - 1), task.lift());
        var asks = new Job.Asks(
                skills(task), 0, task.needs().closedBuilding() ? 1 : 0, door.stairs(), door.building(), -1);
        return new Job(
                place(door),
                load(task.weightGrams()),
                atDoor,
                List.of(new Window(from, HORIZON)),
                0,
                by,
                asks,
                Job.Bond.NONE,
                (int) Math.pow(NEED_STEP, Math.min(NEED_LEVELS, task.needs().level()) - 1));
    }

    private long skills(WaitingTask task) {
        var needed = new HashSet<>(task.needs().qualifications());
        if (task.needs().closedBuilding()) {
            needed.add(TrainingKind.HYGIENE.word());
        }
        return bits(needed);
    }

    private long bits(Set<String> words) {
        return words.stream()
                .mapToInt(word -> skills.computeIfAbsent(word, _ -> skills.size()))
                .mapToLong(bit -> 1L << bit)
                .reduce(0, (one, other) -> one | other);
    }

    /// Whoever promised it may do it, whatever else is asked.
    private Job toJob(TaskInHand task, int vehicle) {
        int by = task.window().latest() == null
                ? Job.WHENEVER
                : seconds(task.window().latest());
        int from = task.window().earliest() == null
                ? 0
                : Math.max(0, seconds(task.window().earliest()));
        return new Job(
                place(new Layout.Place(
                        task.x(), task.y(), building(task.building()), Math.max(0, task.floor() - 1), task.lift())),
                load(task.weightGrams()),
                atDoor,
                List.of(new Window(from, HORIZON)),
                0,
                by,
                Job.Asks.NOTHING,
                new Job.Bond(vehicle, vehicle),
                1);
    }

    private static Load load(long grams) {
        return new Load((int) Math.min(grams, Integer.MAX_VALUE / 4), 0);
    }

    private Vehicle toVehicle(Carrier carrier) {
        var onShift = carrier.onShift();
        var home = Layout.Place.ground(onShift.x(), onShift.y());
        var last = carrier.underWay().isEmpty() ? null : carrier.underWay().getLast();
        var start = last == null ? home : Layout.Place.ground(last.x(), last.y());
        int ready = seconds(carrier.freeAt(now));
        var left = onShift.minutesLeftToday();
        return new Vehicle(
                new Vehicle.Way(place(start), station, place(home)),
                load(carrier.roundGrams()),
                new Window(ready, Math.max(ready, seconds(onShift.shiftEndsAt()))),
                0,
                1,
                ability(onShift),
                new Vehicle.Effort(
                        left == null
                                ? Job.WHENEVER
                                : (int) Math.min(
                                        Job.WHENEVER, Duration.ofMinutes(left).toSeconds()),
                        (int) Duration.ofMinutes(onShift.minutesGiven()).toSeconds()));
    }

    private Vehicle.Ability ability(OnShift onShift) {
        var words = words(onShift);
        long has = skills.entrySet().stream()
                .filter(skill -> words.contains(skill.getKey()))
                .mapToLong(skill -> 1L << skill.getValue())
                .sum();
        var limits = onShift.abilities();
        var allowed = limits.buildings().stream().map(this::building).collect(Collectors.toSet());
        boolean mayEnterClosed =
                onShift.closedBuildingsLeft() > 0 || !onShift.closedBuildings().isEmpty();
        var floors = limits.floorsOnFootMax();
        return new Vehicle.Ability(has, mayEnterClosed ? 1 : 0, floors == null ? Integer.MAX_VALUE : floors, allowed);
    }

    private static Set<String> words(OnShift onShift) {
        return Stream.concat(
                        onShift.abilities().skills().stream().map(Skill::word),
                        onShift.trainings().stream().map(TrainingKind::word))
                .collect(Collectors.toSet());
    }

    private void refuse() {
        for (int v = 0; v < carriers.size(); v++) {
            var onShift = carriers.get(v).onShift();
            for (int job = 0; job < waiting.size(); job++) {
                var task = waiting.get(job);
                boolean isOneTooMany = task.needs().closedBuilding()
                        && onShift.closedBuildingsLeft() <= 0
                        && !onShift.closedBuildings().contains(task.building());
                if (isOneTooMany || task.barred().contains(onShift.volunteer())) {
                    refused.add(new Problem.Refusal(v, job));
                }
            }
        }
    }

    private Plan begun() {
        var routes = new ArrayList<Plan.Route>();
        int job = waiting.size();
        for (int v = 0; v < carriers.size(); v++) {
            int count = carriers.get(v).promised().size();
            if (count > 0) {
                var trip = IntStream.range(job, job + count).boxed().toList();
                routes.add(new Plan.Route(v, List.of(trip)));
            }
            job += count;
        }
        return new Plan(routes, List.of(), 0);
    }
}
