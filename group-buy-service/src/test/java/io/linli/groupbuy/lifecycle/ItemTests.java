package io.linli.groupbuy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.lifecycle.Conditions.Fee;
import io.linli.groupbuy.lifecycle.Item.Packing;
import io.linli.groupbuy.lifecycle.Item.Temperature;
import io.linli.groupbuy.lifecycle.Item.Tier;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTests {
    private static final Item EGGS = new Item(
            new UUID(0, 1),
            "鸡蛋",
            "30",
            1800,
            2900,
            100,
            40,
            5,
            new Packing(Temperature.CHILLED, 4000, 30, 4),
            List.of(new Tier(50, 2700), new Tier(90, 2500)));

    @ParameterizedTest
    @CsvSource({"0, 2900", "49, 2900", "50, 2700", "89, 2700", "90, 2500", "1000, 2500"})
    void everybody_pays_the_price_of_the_tier_that_all_reach_together(int quantity, long priceFen) {
        assertThat(EGGS.priceFor(quantity)).isEqualTo(priceFen);
    }

    /// A case holds 30, the building wants 14.
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "14, 0", "25, 0", "26, 1", "29, 1", "30, 1", "31, 1", "55, 1", "56, 2", "60, 2"})
    void tolerance_rounds_up_a_case_that_was_begun_and_never_begins_one(int units, int cases) {
        assertThat(EGGS.packing().cases(units).count()).isEqualTo(cases);
    }

    @Test
    void tolerance_alone_is_less_than_a_case() {
        assertThatThrownBy(() -> new Packing(Temperature.AMBIENT, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_fee_is_flat_or_a_share_rounded_down() {
        assertThat(new Fee(150, 0).of(99_999)).isEqualTo(150);
        assertThat(new Fee(0, 20).of(9_999)).isEqualTo(199);
        assertThat(Fee.NONE.of(9_999)).isZero();
        assertThatThrownBy(() -> new Fee(1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
