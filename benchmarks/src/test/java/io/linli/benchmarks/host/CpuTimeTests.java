package io.linli.benchmarks.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CpuTimeTests {
    @Test
    void user_system_and_ended_children_count_whatever_the_name_holds() {
        var stat = "4242 (a) b (c) S 1 2 3 0 -1 4194560 100 200 0 0 150 50 25 75 20 0 1 0 12345 1000 200";
        assertThat(CpuTime.ofStat(stat)).isEqualTo(3.0);
    }

    @Test
    void a_working_process_uses_time() {
        var self = ProcessHandle.current();
        double before = CpuTime.seconds(Stream.of(self));

        long spun = 0;
        while (CpuTime.seconds(Stream.of(self)) - before < 0.05) {
            spun++;
        }

        assertThat(spun).isPositive();
    }
}
