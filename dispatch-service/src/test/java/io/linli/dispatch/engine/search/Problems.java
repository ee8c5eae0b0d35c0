package io.linli.dispatch.engine.search;

import io.linli.dispatch.engine.Job;
import io.linli.dispatch.engine.Load;
import io.linli.dispatch.engine.Matrix;
import io.linli.dispatch.engine.Objective;
import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Vehicle;
import io.linli.dispatch.engine.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Problems by chance, with all that a problem can have.
final class Problems {
    private static final int SQUARE = 1_000;
    private static final int DAY = 20_000;

    private Problems() {}

    static Problem any(long seed) {
        var random = new SplittableRandom(seed);
        return of(random, 1 + random.nextInt(40), 1 + random.nextInt(6), 1 + random.nextInt(4));
    }

    /// One vehicle that can take everything in one trip.
    static Problem oneRound(long seed, int jobs, Objective objective) {
        var random = new SplittableRandom(seed);
        var places = matrix(random, jobs + 1);
        var all = IntStream.range(1, jobs + 1)
                .mapToObj(place -> new Job(
                        place,
                        new Load(1, 1),
                        5,
                        windows(random),
                        0,
                        random.nextInt(DAY / 2),
                        Job.Asks.NOTHING,
                        Job.Bond.NONE,
                        1))
                .toList();
        var vehicle = vehicle(new Vehicle.Way(0, 0, 0), new Load(jobs, jobs), new Window(0, DAY));
        return new Problem(places, all, List.of(vehicle), Set.of(), objective);
    }

    static Vehicle vehicle(Vehicle.Way way, Load capacity, Window shift) {
        return new Vehicle(way, capacity, shift, 0, 1, Vehicle.Ability.ANYTHING, Vehicle.Effort.FREE);
    }

    static Problem of(RandomGenerator random, int jobs, int vehicles, int tripsMax) {
        var places = matrix(random, jobs + 3);
        var all = IntStream.range(0, jobs)
                .mapToObj(place -> job(random, place, jobs, vehicles))
                .toList();
        var carriers = IntStream.range(0, vehicles)
                .mapToObj(_ -> vehicle(random, jobs, tripsMax))
                .toList();
        var refused = IntStream.range(0, jobs / 5)
                .mapToObj(_ -> new Problem.Refusal(random.nextInt(vehicles), random.nextInt(jobs)))
                .collect(Collectors.toSet());
        return new Problem(places, all, carriers, refused, objective(random));
    }

    private static Objective objective(RandomGenerator random) {
        return random.nextBoolean()
                ? Objective.DISTANCE
                : new Objective(random.nextInt(3), random.nextInt(3) * 0.1, random.nextInt(200), random.nextInt(200));
    }

    private static Job job(RandomGenerator random, int place, int jobs, int vehicles) {
        boolean plain = random.nextInt(3) > 0;
        return new Job(
                place,
                new Load(random.nextInt(30), random.nextInt(30)),
                random.nextInt(200),
                windows(random),
                random.nextInt(4) == 0 ? random.nextInt(DAY / 2) : 0,
                plain ? Job.WHENEVER : random.nextInt(DAY),
                plain ? Job.Asks.NOTHING : asks(random, jobs),
                new Job.Bond(oneIn(random, 20, vehicles), oneIn(random, 2, vehicles)),
                1 + random.nextInt(3));
    }

    private static Job.Asks asks(RandomGenerator random, int jobs) {
        return new Job.Asks(
                random.nextInt(4) == 0 ? 1L << random.nextInt(2) : 0,
                random.nextInt(4),
                random.nextInt(3) / 2,
                random.nextInt(7),
                random.nextInt(3) - 1,
                random.nextInt(8) == 0 ? jobs : -1);
    }

    private static int oneIn(RandomGenerator random, int chances, int bound) {
        return random.nextInt(chances) == 0 ? random.nextInt(bound) : -1;
    }

    private static Vehicle vehicle(RandomGenerator random, int jobs, int tripsMax) {
        var buildings = random.nextInt(4) == 0 ? Set.of(random.nextInt(2)) : Set.<Integer>of();
        return new Vehicle(
                new Vehicle.Way(jobs + random.nextInt(3), jobs + random.nextInt(2), jobs + random.nextInt(3)),
                new Load(30 + random.nextInt(70), 30 + random.nextInt(70)),
                new Window(random.nextInt(DAY / 4), DAY - random.nextInt(DAY / 4)),
                random.nextInt(300),
                tripsMax,
                new Vehicle.Ability(random.nextInt(4), random.nextInt(2), 2 + random.nextInt(5), buildings),
                new Vehicle.Effort(DAY / 4 + random.nextInt(DAY), random.nextInt(DAY)));
    }

    private static List<Window> windows(RandomGenerator random) {
        var windows = new ArrayList<Window>();
        int from = random.nextInt(DAY / 2);
        for (int w = 0; w < 1 + random.nextInt(3); w++) {
            int to = from + random.nextInt(DAY / 3);
            windows.add(new Window(from, to));
            from = to + 1 + random.nextInt(DAY / 4);
        }
        return windows;
    }

    /// Points in a square; times are half of the distances.
    private static Matrix matrix(RandomGenerator random, int size) {
        int[] x = random.ints(size, 0, SQUARE).toArray();
        int[] y = random.ints(size, 0, SQUARE).toArray();
        int[] distances = new int[size * size];
        int[] times = new int[size * size];
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                distances[from * size + to] = (int) Math.ceil(Math.hypot(x[from] - x[to], y[from] - y[to]));
                times[from * size + to] = (distances[from * size + to] + 1) / 2;
            }
        }
        return new Matrix(size, distances, times);
    }
}
