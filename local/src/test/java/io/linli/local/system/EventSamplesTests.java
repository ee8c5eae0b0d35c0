package io.linli.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// An event that no queue is bound for is tried again and again, and parked.
class EventSamplesTests {
    private static final List<String> SERVICES = List.of(
            "community-service", "group-buy-service", "partner-adapters", "station-service", "dispatch-service");
    private static final Pattern HEARD = Pattern.compile("\\.on\\(\\s*\"([^\"]+)\"");

    @Test
    void each_event_that_a_service_publishes_is_heard_by_one() throws IOException {
        var published = new TreeSet<String>();
        var heard = new TreeSet<String>();
        for (var service : SERVICES) {
            var main = Path.of("..", service, "src/main");
            for (var sample : files(main.resolve("events"), ".json")) {
                published.add(sample.getFileName().toString().replace(".json", ""));
            }
            for (var source : files(main.resolve("java"), ".java")) {
                HEARD.matcher(Files.readString(source)).results().forEach(found -> heard.add(found.group(1)));
            }
        }

        assertThat(published).isNotEmpty().isSubsetOf(heard);
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
