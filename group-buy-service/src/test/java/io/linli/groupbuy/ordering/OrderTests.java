package io.linli.groupbuy.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.ordering.Order.Decision;
import io.linli.groupbuy.ordering.Order.Decision.Moved;
import io.linli.groupbuy.ordering.Order.Decision.Refused;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.Reason;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.Order.Step;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrderTests {
    static Stream<Arguments> every_state_and_step() {
        return Stream.of(
                Arguments.of(State.PLACED, Step.CANCEL, new Moved(State.CANCELLED)),
                Arguments.of(State.PLACED, Step.GROUP_BUY_FORMED, new Moved(State.CONFIRMED)),
                Arguments.of(State.PLACED, Step.GROUP_BUY_FAILED, new Moved(State.FAILED)),
                Arguments.of(State.PLACED, Step.PARCEL_RECEIVED, new Refused(Reason.NOT_CONFIRMED)),
                Arguments.of(State.PLACED, Step.PARCEL_FAILED, new Refused(Reason.NOT_CONFIRMED)),
                Arguments.of(State.PLACED, Step.NOTHING_CAME, new Refused(Reason.NOT_CONFIRMED)),
                Arguments.of(State.CONFIRMED, Step.CANCEL, new Refused(Reason.DECIDED)),
                Arguments.of(State.CONFIRMED, Step.GROUP_BUY_FORMED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CONFIRMED, Step.GROUP_BUY_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CONFIRMED, Step.PARCEL_RECEIVED, new Moved(State.COMPLETED)),
                Arguments.of(State.CONFIRMED, Step.PARCEL_FAILED, new Moved(State.FAILED)),
                Arguments.of(State.CONFIRMED, Step.NOTHING_CAME, new Moved(State.FAILED)),
                Arguments.of(State.COMPLETED, Step.CANCEL, new Refused(Reason.DECIDED)),
                Arguments.of(State.COMPLETED, Step.GROUP_BUY_FORMED, new Refused(Reason.DECIDED)),
                Arguments.of(State.COMPLETED, Step.GROUP_BUY_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.COMPLETED, Step.PARCEL_RECEIVED, new Refused(Reason.DECIDED)),
                Arguments.of(State.COMPLETED, Step.PARCEL_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.COMPLETED, Step.NOTHING_CAME, new Refused(Reason.DECIDED)),
                Arguments.of(State.CANCELLED, Step.CANCEL, new Refused(Reason.ALREADY_CANCELLED)),
                Arguments.of(State.CANCELLED, Step.GROUP_BUY_FORMED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CANCELLED, Step.GROUP_BUY_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CANCELLED, Step.PARCEL_RECEIVED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CANCELLED, Step.PARCEL_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.CANCELLED, Step.NOTHING_CAME, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.CANCEL, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.GROUP_BUY_FORMED, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.GROUP_BUY_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.PARCEL_RECEIVED, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.PARCEL_FAILED, new Refused(Reason.DECIDED)),
                Arguments.of(State.FAILED, Step.NOTHING_CAME, new Refused(Reason.DECIDED)));
    }

    @ParameterizedTest
    @MethodSource("every_state_and_step")
    void decides_every_step_in_every_state(State state, Step step, Decision expected) {
        assertThat(Order.decide(state, step)).isEqualTo(expected);
    }

    @Test
    void the_table_above_leaves_nothing_out() {
        assertThat(every_state_and_step().map(row -> List.of(row.get()[0], row.get()[1])))
                .doesNotHaveDuplicates()
                .hasSize(State.values().length * Step.values().length);
    }

    @Test
    void negative_and_zero_quantities_are_no_lines() {
        for (var quantity : List.of(0, -1, Integer.MIN_VALUE)) {
            assertThatThrownBy(() -> new Line(new UUID(0, 3), "青菜", quantity, null, 350, 500))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
