package io.linli.benchmarks.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The instances of one folder with the best known costs of its `BKS.json`; an instance may have none.
///
/// @param best published costs by name, in the unit of the file
record InstanceSet(String name, List<Instance> instances, Map<String, Double> best) {
    private static final String BEST_KNOWN = "BKS.json";
    private static final int LARGE = 150;

    /// Instances of one kind and size, and the times in seconds within which they are planned unless told otherwise.
    enum Family {
        SOLOMON("Solomon", 1, 5),
        GEHRING_HOMBERGER("Gehring-Homberger", 10),
        MULTI_TRIP("several trips", 60);

        private final String told;
        private final List<Integer> limits;

        Family(String told, Integer... limits) {
            this.told = told;
            this.limits = List.of(limits);
        }

        String told() {
            return told;
        }

        List<Integer> limits() {
            return limits;
        }
    }

    /// Every folder below that holds instances, in the order of names. *Errors:* [IllegalArgumentException] when there
    /// is none.
    static List<InstanceSet> below(Path folder) {
        var sets = new ArrayList<InstanceSet>();
        try (var paths = Files.walk(folder)) {
            for (var each : paths.filter(Files::isDirectory).sorted().toList()) {
                var files = files(each);
                if (!files.isEmpty()) {
                    var instances = files.stream().map(Instance::read).toList();
                    sets.add(new InstanceSet(each.toRealPath().getFileName().toString(), instances, best(each)));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("no .txt or .vrp file in " + folder);
        }
        return sets;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Instance::isOne)
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
    }

    private static Map<String, Double> best(Path folder) throws IOException {
        var file = folder.resolve(BEST_KNOWN);
        return Files.exists(file)
                ? JsonMapper.shared().readValue(Files.readString(file), new TypeReference<>() {})
                : Map.of();
    }

    Family family() {
        var first = instances.getFirst();
        if (first.kind() == Instance.Kind.VRPLIB) {
            return Family.MULTI_TRIP;
        }
        return first.problem().jobs().size() > LARGE ? Family.GEHRING_HOMBERGER : Family.SOLOMON;
    }
}
