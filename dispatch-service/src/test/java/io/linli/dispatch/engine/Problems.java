package io.linli.dispatch.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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
    static Problem oneRound(long seed, int jobs) {
        var random = new SplittableRandom(seed);
        var places = matrix(random, jobs + 1);
        var all = IntStream.range(1, jobs + 1)
                .mapToObj(place -> new Job(place, 1, 1, 5, windows(random), 0, 0, 1))
                .toList();
        return new Problem(places, all, List.of(new Vehicle(0, 0, 0, jobs, jobs, new Window(0, DAY), 0, 1, 0)));
    }

    static Problem of(SplittableRandom random, int jobs, int vehicles, int tripsMax) {
        var places = matrix(random, jobs + 3);
        var all = new ArrayList<Job>();
        for (int j = 0; j < jobs; j++) {
            all.add(new Job(
                    j,
                    random.nextInt(30),
                    random.nextInt(30),
                    random.nextInt(200),
                    windows(random),
                    random.nextInt(4) == 0 ? random.nextInt(DAY / 2) : 0,
                    random.nextInt(4) == 0 ? 1L << random.nextInt(2) : 0,
                    1 + random.nextInt(3)));
        }
        var carriers = new ArrayList<Vehicle>();
        for (int v = 0; v < vehicles; v++) {
            carriers.add(new Vehicle(
                    jobs + random.nextInt(3),
                    jobs,
                    jobs + random.nextInt(3),
                    30 + random.nextInt(70),
                    30 + random.nextInt(70),
                    new Window(random.nextInt(DAY / 4), DAY - random.nextInt(DAY / 4)),
                    random.nextInt(300),
                    tripsMax,
                    random.nextInt(4)));
        }
        return new Problem(places, all, carriers);
    }

    private static List<Window> windows(SplittableRandom random) {
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
    private static Matrix matrix(SplittableRandom random, int size) {
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
