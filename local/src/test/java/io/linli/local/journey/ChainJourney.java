package io.linli.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.client.Await;
import io.linli.local.client.Dispatch;
import io.linli.local.client.OnceKnown;
import io.linli.local.client.Person;
import io.linli.local.client.Station.NewHandOver;
import io.linli.local.client.Station.Parcel;
import io.linli.local.system.RunningSystem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The whole chain, once to the counter of the station and once to a door.
@ExtendWith(SharedSystem.class)
class ChainJourney {

    record Entry(String state) {}

    record Custody(List<Entry> items) {}

    @Test
    void an_order_is_collected_with_the_code(RunningSystem system) {
        var round = new Round(system);
        var resident = round.people.resident(6);
        var groupBuy = round.open(Round.item("鱼", 5));
        var order = round.groupBuys.order(
                resident, groupBuy.groupBuyId(), Round.one(groupBuy, "鱼", null), "k1-" + groupBuy.groupBuyId());

        var parcel = only(round.receive(groupBuy));
        var code = round.station.code(resident);
        round.station.handOver(
                round.people.keeper(),
                new NewHandOver(labelOf(parcel), code.code(), List.of(parcel.parcelId())),
                round.keys.of("hand-over"));

        round.awaitOrder(resident, order.orderId(), "completed");
        assertThat(custody(round, resident, parcel)).containsExactly("expected", "arrived", "ready", "handed-over");
    }

    @Test
    void an_order_is_carried_to_the_door(RunningSystem system) {
        var round = new Round(system);
        var resident = round.people.resident(7);
        var groupBuy = round.open(Round.item("米", 5));
        var order = round.groupBuys.order(
                resident, groupBuy.groupBuyId(), Round.one(groupBuy, "米", true), "k2-" + groupBuy.groupBuyId());

        var parcel = only(round.receive(groupBuy));
        carry(round, resident, parcel);

        round.awaitOrder(resident, order.orderId(), "completed");
        Await.untilTrue(
                "delivered", Round.LIMIT, () -> custody(round, resident, parcel).contains("delivered"));
        assertThat(custody(round, resident, parcel))
                .containsExactly("expected", "arrived", "ready", "out-for-doorstep", "dropped", "delivered");
    }

    private static void carry(Round round, Person resident, Parcel parcel) {
        var dispatch = new Dispatch(round.people.community());
        var offer = round.awaitOffer(parcel.parcelId());
        var task = offer.task().id();
        dispatch.accept(offer.volunteer(), task, round.keys.of("accept"));
        OnceKnown.perform(
                "not-your-task",
                () -> round.station.collect(offer.volunteer(), parcel.parcelId(), task, round.keys.of("collect")));
        OnceKnown.perform(
                "task-not-collected",
                () -> dispatch.drop(offer.volunteer(), task, "photos/1.jpg", "a".repeat(64), round.keys.of("drop")));
        dispatch.confirm(resident, task, round.keys.of("confirm"));
    }

    /// The states it went through; a volunteer's acceptance is an entry of its own while it stays ready.
    private static List<String> custody(Round round, Person resident, Parcel parcel) {
        var path = "/v1/communities/" + round.people.community() + "/parcels/" + parcel.parcelId() + "/custody";
        return resident.get(path, Custody.class).items().stream()
                .map(Entry::state)
                .distinct()
                .toList();
    }

    private static Parcel only(List<Parcel> parcels) {
        assertThat(parcels)
                .singleElement()
                .satisfies(parcel -> assertThat(parcel.state()).isEqualTo("ready"));
        return parcels.getFirst();
    }

    private static String labelOf(Parcel parcel) {
        return java.util.Objects.requireNonNull(parcel.label());
    }
}
