package io.linli.benchmarks.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads Solomon's form: a name, the number of vehicles and their capacity, then one line of seven whole numbers per
/// customer, the depot first.
final class SolomonForm {
    private static final int VEHICLES_LINE = 2;
    private static final int CUSTOMER_LINE = 7;

    private SolomonForm() {}

    static Instance read(List<String> lines) {
        int vehicles = 0;
        int capacity = 0;
        var customers = new ArrayList<Instance.Customer>();
        for (var line : lines) {
            if (!line.matches("[\\d.\\s]*\\d[\\d.\\s]*")) {
                continue;
            }
            double[] numbers = numbers(line);
            if (numbers.length == VEHICLES_LINE && vehicles == 0) {
                vehicles = (int) numbers[0];
                capacity = (int) numbers[1];
            } else if (numbers.length == CUSTOMER_LINE) {
                customers.add(toCustomer(numbers, customers.size()));
            }
        }
        if (vehicles == 0 || customers.isEmpty()) {
            throw new IllegalArgumentException("no vehicles or no customers");
        }
        return Instance.of(lines.getFirst().strip(), Instance.Kind.SOLOMON, customers, vehicles, capacity, 1);
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static Instance.Customer toCustomer(double[] numbers, int expected) {
        if (numbers[0] != expected) {
            throw new IllegalArgumentException(
                    "customer %d stands where %d should".formatted((int) numbers[0], expected));
        }
        return new Instance.Customer(
                numbers[1], numbers[2], (int) numbers[3], (int) numbers[4], (int) numbers[5], (int) numbers[6], 0);
    }
}
