package io.linli.dispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.engine.Layout.Pace;
import io.linli.dispatch.engine.Layout.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTests {
    private static final Place GATE = Place.ground(0, 0);
    private static final Place THIRD_BY_STAIRS = new Place(30, 40, 1, 2, false);
    private static final Place FIFTH_BY_STAIRS = new Place(30, 40, 1, 4, false);
    private static final Place TENTH_BY_LIFT = new Place(30, 140, 2, 9, true);

    @Test
    void the_way_to_a_door_is_along_the_paths_and_up_the_stairs_or_the_lift() {
        assertThat(seconds(GATE, THIRD_BY_STAIRS)).isEqualTo(70 + 2 * 15);
        assertThat(seconds(GATE, TENTH_BY_LIFT)).isEqualTo(170 + 20 + 9 * 3);
        assertThat(seconds(THIRD_BY_STAIRS, TENTH_BY_LIFT)).isEqualTo(2 * 15 + 100 + 20 + 9 * 3);
    }

    @Test
    void between_doors_of_a_building_nobody_goes_to_the_ground() {
        assertThat(seconds(THIRD_BY_STAIRS, FIFTH_BY_STAIRS)).isEqualTo(2 * 15);
        assertThat(seconds(THIRD_BY_STAIRS, THIRD_BY_STAIRS)).isZero();
        assertThat(FIFTH_BY_STAIRS.stairs()).isEqualTo(4);
        assertThat(TENTH_BY_LIFT.stairs()).isZero();
    }

    private static int seconds(Place from, Place to) {
        var matrix = Layout.matrix(List.of(from, to), Pace.LOADED);
        assertThat(matrix.times()[1]).isEqualTo(matrix.times()[2]);
        return matrix.times()[1];
    }
}
