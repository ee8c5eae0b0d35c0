package io.linli.groupbuy.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CasesTests {

    @ParameterizedTest(name = "{0} asked, cases of {1}, tolerance {2}: {3} cases, {4} cut, {5} left over")
    @CsvSource({
        "14, 30, 0, 0, 14, 0",
        "14, 30, 15, 0, 14, 0",
        "14, 30, 16, 1, 0, 16",
        "30, 30, 0, 1, 0, 0",
        "30, 30, 29, 1, 0, 0",
        "44, 30, 15, 1, 14, 0",
        "44, 30, 16, 2, 0, 16",
        "0, 30, 30, 0, 0, 0",
        "0, 30, 90, 0, 0, 0",
        "1, 30, 90, 1, 0, 29",
        "7, 1, 0, 7, 0, 0",
        "7, 1, 5, 7, 0, 0"
    })
    void an_opened_case_is_bought_when_the_tolerance_fills_it(
            long asked, int size, int tolerance, long count, long cut, long surplus) {
        var cases = Cases.of(asked, size, tolerance);

        assertThat(cases.count()).isEqualTo(count);
        assertThat(cases.cut()).isEqualTo(cut);
        assertThat(cases.surplus()).isEqualTo(surplus);
    }

    @Test
    void the_stock_bounds_the_cases() {
        assertThat(Cases.of(100, 30, 20).within(100).count()).isEqualTo(3);
        assertThat(Cases.of(100, 30, 20).within(120).count()).isEqualTo(4);
        assertThat(Cases.of(100, 30, 20).filled()).isEqualTo(10);
    }

    @Test
    void nobody_is_cut_by_more_than_a_case_and_nobody_buys_more_than_the_tolerance() {
        var random = new Random(30);
        for (var round = 0; round < 5_000; round++) {
            var asked = random.nextInt(500);
            var size = 1 + random.nextInt(60);
            var tolerance = random.nextInt(90);

            var cases = Cases.of(asked, size, tolerance);

            assertThat(cases.units() + cases.cut() - cases.surplus()).isEqualTo(asked);
            assertThat(cases.cut()).isLessThan(size);
            assertThat(cases.surplus()).isBetween(0L, (long) Math.min(tolerance, size - 1));
            assertThat(cases.count() == 0 || asked > 0).isTrue();
        }
    }
}
