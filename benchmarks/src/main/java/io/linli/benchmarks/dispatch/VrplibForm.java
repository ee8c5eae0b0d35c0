package io.linli.benchmarks.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Reads VRPLIB files with planar points and one depot: `NAME: value` lines, then sections of lines that begin with a
/// node's number, counted from 1. A section of reload depots means that a vehicle may load again as often as it likes.
final class VrplibForm {
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, Map<Integer, double[]>> sections = new HashMap<>();

    private VrplibForm(List<String> lines) {
        Map<Integer, double[]> section = Map.of();
        for (var line : lines) {
            var words = line.strip().split("[\\s:]+");
            if (line.contains(":")) {
                values.put(words[0], words.length > 1 ? words[1] : "");
            } else if (words[0].endsWith("_SECTION")) {
                section = new HashMap<>();
                sections.put(words[0], section);
            } else if (words[0].matches("\\d+")) {
                section.put(Integer.parseInt(words[0]), numbers(words));
            }
        }
    }

    static Instance read(List<String> lines) {
        var form = new VrplibForm(lines);
        if (!"EUC_2D".equals(form.values.get("EDGE_WEIGHT_TYPE"))
                || form.section("DEPOT").size() != 1
                || !form.section("DEPOT").containsKey(1)) {
            throw new IllegalArgumentException("only planar points with node 1 as the depot are known");
        }
        var customers = new ArrayList<Instance.Customer>();
        int nodes = Integer.parseInt(form.value("DIMENSION"));
        IntStream.rangeClosed(1, nodes).mapToObj(form::customer).forEach(customers::add);
        int vehicles = Integer.parseInt(form.values.getOrDefault("VEHICLES", Integer.toString(nodes - 1)));
        int tripsMax = form.section("VEHICLES_RELOAD_DEPOT").isEmpty() ? 1 : nodes;
        return Instance.of(
                form.value("NAME"),
                Instance.Kind.VRPLIB,
                customers,
                vehicles,
                Integer.parseInt(form.value("CAPACITY")),
                tripsMax);
    }

    private Instance.Customer customer(int node) {
        double[] point = section("NODE_COORD").get(node);
        if (point == null) {
            throw new IllegalArgumentException("node " + node + " has no place");
        }
        int service = node == 1 ? 0 : Integer.parseInt(values.getOrDefault("SERVICE_TIME", "0"));
        return new Instance.Customer(
                point[0],
                point[1],
                number("DEMAND", node, 0, 0),
                number("TIME_WINDOW", node, 0, 0),
                number("TIME_WINDOW", node, 1, Short.MAX_VALUE),
                number("SERVICE_TIME", node, 0, service),
                number("RELEASE_TIME", node, 0, 0));
    }

    private String value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private Map<Integer, double[]> section(String name) {
        return sections.getOrDefault(name + "_SECTION", Map.of());
    }

    private int number(String section, int node, int column, int otherwise) {
        double[] numbers = section(section).get(node);
        return numbers == null ? otherwise : (int) numbers[column];
    }

    private static double[] numbers(String[] words) {
        return IntStream.range(1, words.length)
                .mapToDouble(word -> Double.parseDouble(words[word]))
                .toArray();
    }
}
