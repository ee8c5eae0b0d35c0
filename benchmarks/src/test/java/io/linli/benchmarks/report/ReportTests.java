package io.linli.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReportTests {
    private static final Bar MET = Bar.atLeast("fast enough", 1.2, " x", 1.2, "");
    private static final Bar SHORT = Bar.atMost("slow", 5, " s", 5.01, "by a little");
    private static final Bar ABSENT = Bar.atLeast("compared", 1.2, " x", null, "pgbench is not installed");

    private static Report report(Bar... bars) {
        return new Report("orders", Instant.EPOCH, Machine.ofThisRun(), Map.of("rounds", 3), List.of(), List.of(bars));
    }

    @Test
    void a_value_on_its_limit_meets_the_bar_and_one_beside_it_is_short() {
        assertThat(MET.verdict()).isEqualTo(Bar.Verdict.MET);
        assertThat(SHORT.verdict()).isEqualTo(Bar.Verdict.SHORT);
        assertThat(Bar.atMost("oversold", 0, "", 0.0, "").verdict()).isEqualTo(Bar.Verdict.MET);
        assertThat(Bar.atMost("oversold", 0, "", 1.0, "").verdict()).isEqualTo(Bar.Verdict.SHORT);
    }

    @Test
    void what_came_to_nothing_is_short_and_what_was_not_measured_is_said() {
        assertThat(Bar.atLeast("ratio", 1, "", Double.NaN, "").verdict()).isEqualTo(Bar.Verdict.SHORT);
        assertThat(Bar.atMost("time", 1, "", Double.NaN, "").verdict()).isEqualTo(Bar.Verdict.SHORT);
        assertThat(ABSENT.verdict()).isEqualTo(Bar.Verdict.NOT_MEASURED);
        assertThat(report(ABSENT).verdicts()).contains("not measured").contains("pgbench is not installed");
    }

    @Test
    void the_exit_code_is_1_when_a_bar_is_short() {
        assertThat(report(MET, ABSENT).exitCode()).isZero();
        assertThat(report(MET, SHORT, ABSENT).exitCode()).isEqualTo(1);
    }

    @Test
    void the_table_tells_value_bar_and_verdict_in_columns() {
        assertThat(report(MET, SHORT).verdicts().lines())
                .containsExactly(
                        "  bar           value      asked  verdict",
                        "  fast enough  1.20 x  >= 1.20 x  met",
                        "  slow         5.01 s     <= 5 s  short    by a little");
    }

    @Test
    void the_json_says_the_same(@TempDir Path folder) throws IOException {
        var file = report(MET, SHORT, ABSENT).write(folder.resolve("results"));

        var json = JsonMapper.builder().build().readTree(Files.readString(file));
        assertThat(file).hasFileName("orders.json");
        assertThat(json.get("machine").get("processors").asInt()).isPositive();
        assertThat(json.get("bars").get(0).get("verdict").asString()).isEqualTo("met");
        assertThat(json.get("bars").get(1).get("value").asDouble()).isEqualTo(5.01);
        assertThat(json.get("bars").get(1).get("sense").asString()).isEqualTo("<=");
        assertThat(json.get("bars").get(2).get("value").isNull()).isTrue();
    }
}
