package io.linli.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How a bench ends: the table of its bars, the same as JSON, and an exit code.
///
/// *Shape:* `name`, `at`, `machine`, `settings`, `measured` (one object per row of the bench's own table), `bars`.
///
/// @param measured rows of the bench's own table, records that Jackson can write
public record Report(
        String name, Instant at, Machine machine, Map<String, Object> settings, List<?> measured, List<Bar> bars) {

    /// The table of the bars, and one line per bar that says how its value came about.
    public String verdicts() {
        var table = new Table("bar", "value", "asked", "verdict", "");
        bars.forEach(bar -> table.row(bar.name(), bar.valueText(), bar.limitText(), bar.verdict(), bar.note()));
        return table.toString();
    }

    /// 1 when a bar is short. What was not measured was said and is not short.
    public int exitCode() {
        return bars.stream().anyMatch(bar -> bar.verdict() == Bar.Verdict.SHORT) ? 1 : 0;
    }

    /// Writes `<folder>/<name>.json` and answers where.
    public Path write(Path folder) {
        var json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        var file = folder.resolve(name + ".json");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, json.writeValueAsString(toMap()) + "\n");
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", name);
        map.put("at", at.toString());
        map.put("machine", machine);
        map.put("settings", settings);
        map.put("measured", measured);
        map.put("bars", bars.stream().map(Report::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(Bar bar) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", bar.name());
        map.put("value", bar.value());
        map.put("sense", bar.sense() == Bar.Sense.AT_LEAST ? ">=" : "<=");
        map.put("limit", bar.limit());
        map.put("unit", bar.unit().strip());
        map.put("verdict", bar.verdict().toString());
        map.put("note", bar.note());
        return map;
    }
}
