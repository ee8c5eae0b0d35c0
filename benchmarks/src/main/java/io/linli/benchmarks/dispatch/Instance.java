package io.linli.benchmarks.dispatch;

import io.linli.dispatch.engine.Job;
import io.linli.dispatch.engine.Load;
import io.linli.dispatch.engine.Matrix;
import io.linli.dispatch.engine.Objective;
import io.linli.dispatch.engine.Problem;
import io.linli.dispatch.engine.Vehicle;
import io.linli.dispatch.engine.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// A routing problem from a file whose best known solution is published. Customer `i` of the file is job `i - 1`; the
/// depot is place 0.
///
/// *Units:* distances and times of the problem are tenths of those in the file, truncated. *Source:* the rules of the
/// DIMACS challenge for Solomon's form; PyVRP's for `.vrp`.
///
/// @param kind which form the file has, and so by what unit costs are told
record Instance(String name, Kind kind, Problem problem) {
    private static final int TENTHS = 10;

    enum Kind {
        /// Solomon's and Gehring & Homberger's form: costs are told with one decimal.
        SOLOMON,
        /// Costs are told in tenths.
        VRPLIB
    }

    /// A line of a file: where a customer is and what it asks, all in the units of the file.
    record Customer(double x, double y, int demand, int ready, int due, int service, int release) {}

    static boolean isOne(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".txt") || name.endsWith(".vrp");
    }

    static Instance read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            return file.toString().endsWith(".vrp") ? VrplibForm.read(lines) : SolomonForm.read(lines);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (RuntimeException flawed) {
            throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, flawed.getMessage()), flawed);
        }
    }

    /// @param all the depot first; its window is the shift of every vehicle
    static Instance of(String name, Kind kind, List<Customer> all, int vehicles, int capacity, int tripsMax) {
        var jobs = IntStream.range(1, all.size())
                .mapToObj(place -> toJob(place, all.get(place)))
                .toList();
        var depot = all.getFirst();
        var shift = new Window(TENTHS * depot.ready(), TENTHS * depot.due());
        var vehicle = new Vehicle(
                new Vehicle.Way(0, 0, 0),
                new Load(capacity, 0),
                shift,
                0,
                tripsMax,
                Vehicle.Ability.ANYTHING,
                Vehicle.Effort.FREE);
        var fleet = Collections.nCopies(vehicles, vehicle);
        return new Instance(name, kind, new Problem(matrix(all), jobs, fleet, Set.of(), Objective.DISTANCE));
    }

    private static Job toJob(int place, Customer customer) {
        return new Job(
                place,
                new Load(customer.demand(), 0),
                TENTHS * customer.service(),
                new Window(TENTHS * customer.ready(), TENTHS * customer.due()),
                TENTHS * customer.release());
    }

    private static Matrix matrix(List<Customer> all) {
        int size = all.size();
        int[] entries = new int[size * size];
        Arrays.setAll(entries, at -> distance(all.get(at / size), all.get(at % size)));
        return new Matrix(size, entries, entries);
    }

    private static int distance(Customer from, Customer to) {
        double x = from.x() - to.x();
        double y = from.y() - to.y();
        return (int) (TENTHS * Math.sqrt(x * x + y * y));
    }

    /// A distance of the problem as the file's users write it.
    String costText(long distance) {
        return switch (kind) {
            case SOLOMON -> String.format(Locale.ROOT, "%.1f", (double) distance / TENTHS);
            case VRPLIB -> Long.toString(distance);
        };
    }

    /// A published cost in the problem's unit.
    long toDistance(double published) {
        return switch (kind) {
            case SOLOMON -> Math.round(published * TENTHS);
            case VRPLIB -> Math.round(published);
        };
    }
}
