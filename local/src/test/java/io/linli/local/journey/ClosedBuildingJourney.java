package io.linli.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.client.Await;
import io.linli.local.client.Person;
import io.linli.local.client.Station.Parcel;
import io.linli.local.journey.ClosedBuilding.Placed;
import io.linli.local.system.RunningSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Story 8 of the mission, through the gateway: a building is closed with parcels on the shelf and group buys in
/// flight; then it is reopened.
@ExtendWith(SharedSystem.class)
class ClosedBuildingJourney {
    private static final int HOUSEHOLDS = 10;
    private static final int OTHERS = 2;

    @Test
    void story_8_a_closed_building_is_carried_for_and_its_group_buys_complete(RunningSystem system) {
        var here = new ClosedBuilding(system, HOUSEHOLDS, OTHERS);
        var some = here.inTwelve.subList(0, 2);
        var everybody =
                Stream.concat(here.inTwelve.stream(), here.inThirteen.stream()).toList();
        var orders = new ArrayList<Placed>();

        var atStation = here.open("在架");
        orders.addAll(here.order(atStation, everybody));
        here.close(atStation);
        var onShelf = here.receive(atStation);
        var formed = here.open("在途");
        orders.addAll(here.order(formed, some));
        here.close(formed);
        var placed = here.open("接龙中");
        orders.addAll(here.order(placed, some));

        here.change("closure");

        assertThat(onShelf).hasSize(HOUSEHOLDS + OTHERS).noneMatch(Parcel::doorstep);
        Await.untilTrue(
                "all parcels of the building carried up", Round.LIMIT, () -> carried(here, onShelf) == HOUSEHOLDS);
        here.close(placed);
        assertThat(here.receive(formed)).hasSize(2).allMatch(Parcel::doorstep);
        assertThat(here.receive(placed)).hasSize(2).allMatch(Parcel::doorstep);
        here.carry(HOUSEHOLDS + 2 * some.size());
        confirm(here);
        here.inThirteen.forEach(here::fetch);

        here.awaitCompleted(orders);
        assertThat(here.tasksOf(here.entering)).hasSize(HOUSEHOLDS + 2 * some.size());
        assertThat(here.tasksOf(here.outsider)).isEmpty();

        reopened(here, some);
        var resident = here.inTwelve.getLast();
        Await.untilTrue(
                "the household told",
                Round.LIMIT,
                () -> here.closureNotices(resident).size() == 2);
        assertThat(here.closureNotices(resident))
                .containsExactly(Map.entry("building.reopened", "故事八"), Map.entry("building.closed", "故事八"));
        assertThat(here.closureNotices(here.inThirteen.getFirst())).isEmpty();
    }

    /// What arrives while the building is closed, and nobody has collected when it reopens, its households fetch.
    private static void reopened(ClosedBuilding here, List<Person> some) {
        var late = here.open("未送");
        var orders = here.order(late, some);
        here.close(late);
        var parcels = here.receive(late);
        assertThat(parcels).hasSize(2).allMatch(Parcel::doorstep);

        here.change("reopening");

        Await.untilTrue("they wait for their households", Round.LIMIT, () -> carried(here, parcels) == 0);
        some.forEach(here::fetch);
        here.awaitCompleted(orders);
        Await.untilTrue(
                "their tasks are over",
                Round.LIMIT,
                () -> Stream.of("waiting", "offered", "accepted")
                        .allMatch(state ->
                                here.dispatch.all(here.coordinator, state).isEmpty()));
    }

    private static long carried(ClosedBuilding here, List<Parcel> parcels) {
        return parcels.stream()
                .filter(parcel ->
                        here.station.parcel(here.keeper, parcel.parcelId()).doorstep())
                .count();
    }

    private static void confirm(ClosedBuilding here) {
        for (var resident : here.inTwelve) {
            for (var task : here.dropped(resident)) {
                here.dispatch.confirm(resident, task.id(), here.keys.of("confirm", task.id()));
            }
        }
    }
}
