package io.linli.station.shelving;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.station.StationDay;
import io.linli.station.shelving.ShelfPlan.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShelvesDatabaseTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final UUID HOUSEHOLD = new UUID(9, 1);
    private static final Slot NEIGHBOUR = new Slot(3, 5, 100, false);

    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station();

    private List<Slot> findFree(UUID community, int count) {
        return service.bean(Transactions.class)
                .in(community, () -> service.bean(Shelves.class).findFree(community, count, List.of(NEIGHBOUR)))
                .block(LIMIT);
    }

    @Test
    void few_of_many_free_slots_are_read_and_parcels_lie_where_all_would_have_put_them() {
        var day = StationDay.on(service);
        day.shelf(2, 12, 200);
        day.shelf(3, 12, 200);
        var loads = List.of(
                new Load(new UUID(1, 1), new UUID(8, 1), 12_000),
                new Load(new UUID(1, 2), new UUID(8, 2), 900),
                new Load(new UUID(1, 3), HOUSEHOLD, 800));
        var neighbours = Map.of(HOUSEHOLD, NEIGHBOUR);

        var few = findFree(day.community, loads.size());
        var all = findFree(day.community, 4_800);

        assertThat(few).hasSizeLessThan(40);
        assertThat(all).hasSize(4_800);
        assertThat(ShelfPlan.place(loads, few, neighbours))
                .isEqualTo(ShelfPlan.place(loads, all, neighbours))
                .containsEntry(new UUID(1, 1), new Slot(2, 1, 1, false));
    }
}
