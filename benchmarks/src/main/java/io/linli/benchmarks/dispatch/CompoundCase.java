package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Job;
import io.linli.dispatch.engine.Layout;
import io.linli.dispatch.engine.Load;
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

/// An evening in a compound, by chance: parcels and visits at the doors of 120 buildings, volunteers who start at home.
///
/// *Units:* metres, seconds since the evening began, grams.
final class CompoundCase {
    static final int EVENING = 4 * 3_600;
    private static final int BUILDINGS = 120;
    private static final int COLUMNS = 12;
    private static final int APART = 45;
    private static final int SERVICE = 120;
    private static final int RELOAD = 180;
    private static final int TRIPS_MAX = 4;
    private static final Window WHOLE = new Window(0, EVENING);

    private final RandomGenerator random;
    private final List<Layout.Place> places = new ArrayList<>();
    private final int[] floors;

    CompoundCase(long seed) {
        random = new SplittableRandom(seed);
        places.add(Layout.Place.ground(0, 0));
        floors = random.ints(BUILDINGS, 0, 2).map(high -> high == 0 ? 6 : 18).toArray();
    }

    /// @param before seconds each volunteer has done in the weeks before
    Problem problem(int tasks, int[] before, Objective objective) {
        var jobs = IntStream.range(0, tasks).mapToObj(_ -> job()).toList();
        var volunteers = IntStream.range(0, before.length)
                .mapToObj(v -> volunteer(before[v]))
                .toList();
        var refused = IntStream.range(0, tasks / 10)
                .mapToObj(_ -> new Problem.Refusal(random.nextInt(before.length), random.nextInt(tasks)))
                .collect(Collectors.toSet());
        return new Problem(Layout.matrix(places, Layout.Pace.LOADED), jobs, volunteers, refused, objective);
    }

    private Job job() {
        var door = door();
        places.add(door);
        boolean promised = random.nextInt(4) == 0;
        int from = random.nextInt(EVENING / 3_600 * 2) * 1_800;
        var window = promised ? new Window(from, from + 1_800) : WHOLE;
        return new Job(
                places.size() - 1,
                new Load(500 + (int) (6_000 * random.nextExponential()) % 14_000, 0),
                SERVICE,
                List.of(window),
                random.nextInt(5) == 0 ? Math.min(from, EVENING / 2) : 0,
                promised ? window.to() : EVENING / 2,
                new Job.Asks(
                        random.nextInt(12) == 0 ? 1 : 0,
                        0,
                        random.nextInt(20) == 0 ? 1 : 0,
                        door.stairs(),
                        door.building(),
                        -1),
                Job.Bond.NONE,
                random.nextInt(10) == 0 ? 8 : 1);
    }

    private Layout.Place door() {
        int building = random.nextInt(BUILDINGS);
        return new Layout.Place(
                building % COLUMNS * APART,
                (1 + building / COLUMNS) * APART,
                building,
                random.nextInt(floors[building]),
                floors[building] > 6);
    }

    private Vehicle volunteer(int before) {
        var home = door();
        places.add(Layout.Place.ground(home.x(), home.y()));
        int start = places.size() - 1;
        return new Vehicle(
                new Vehicle.Way(start, 0, start),
                new Load(15_000 + random.nextInt(4) * 5_000, 0),
                new Window(random.nextInt(3) * 1_800, EVENING - random.nextInt(3) * 1_800),
                RELOAD,
                TRIPS_MAX,
                new Vehicle.Ability(random.nextInt(3) == 0 ? 1 : 0, random.nextInt(2), 3 + random.nextInt(4), Set.of()),
                new Vehicle.Effort(EVENING, before));
    }
}
