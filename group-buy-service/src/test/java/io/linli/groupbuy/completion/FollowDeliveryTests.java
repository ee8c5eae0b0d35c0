package io.linli.groupbuy.completion;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A group buy follows its delivery: booked, picked up, at the gate, everything handed over.
class FollowDeliveryTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private Neighbourhood here;
    private Answer created;
    private UUID groupBuy;

    @BeforeEach
    void with_an_open_group_buy() {
        here = new Neighbourhood(service);
        created = here.open(1, item("青菜", 100, 5));
        groupBuy = created.id("groupBuyId");
    }

    @Test
    void it_goes_from_formed_to_settled_step_by_step() {
        var first = place();
        var second = place();
        here.close(here.leader(), groupBuy);
        assertThat(state()).isEqualTo("formed");

        shipmentBooked();
        awaitState("ordered");
        shipmentStatus("picked_up");
        awaitState("shipped");
        shipmentStatus("delivered");
        awaitState("arrived");
        parcelHandedOver(first);
        awaitHandled(parcelFailed(second));
        awaitState("settled");
        assertThat(here.get(here.leader(), "/group-buys/" + groupBuy)
                        .body()
                        .get("participants")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void it_is_settled_only_when_the_last_order_is_final() {
        var first = place();
        var second = place();
        here.close(here.leader(), groupBuy);

        awaitHandled(parcelHandedOver(first));
        assertThat(state()).isEqualTo("formed");
        awaitHandled(parcelHandedOver(second));

        assertThat(state()).isEqualTo("settled");
    }

    @Test
    void it_only_moves_forward_whatever_is_heard_twice_or_in_another_order() {
        var order = place();
        here.close(here.leader(), groupBuy);
        for (long seed = 0; seed < 5; seed++) {
            var news = new ArrayList<Runnable>(List.of(
                    this::shipmentBooked,
                    this::shipmentBooked,
                    () -> shipmentStatus("picked_up"),
                    () -> shipmentStatus("in_transit"),
                    () -> shipmentStatus("delivered"),
                    () -> shipmentStatus("delayed"),
                    this::parcelReady));
            Collections.shuffle(news, new Random(seed));
            news.forEach(Runnable::run);
        }
        awaitState("arrived");
        parcelHandedOver(order);
        awaitState("settled");

        awaitHandled(shipmentStatus("picked_up"));
        assertThat(state()).isEqualTo("settled");
    }

    @Test
    void news_that_come_before_the_close_wait_for_it() {
        place();
        shipmentStatus("picked_up");

        here.close(here.leader(), groupBuy);

        awaitState("shipped");
    }

    @Test
    void one_that_failed_stays_failed() {
        here.close(here.leader(), groupBuy);

        awaitHandled(shipmentBooked());

        assertThat(state()).isEqualTo("failed");
    }

    @Test
    void of_many_parcels_handed_over_at_once_the_last_settles_it() {
        var orders = new ArrayList<UUID>();
        for (var number = 0; number < 12; number++) {
            orders.add(place());
        }
        here.close(here.leader(), groupBuy);

        orders.forEach(this::parcelHandedOver);

        awaitState("settled");
    }

    private UUID place() {
        return here.place(here.resident(UUID.randomUUID()), groupBuy, line(itemOf(created, 0), 1))
                .id("orderId");
    }

    private UUID shipmentBooked() {
        return hear("shipment.booked.v1", Map.of("shipmentId", groupBuy, "groupBuyId", groupBuy, "carrier", "x"));
    }

    private UUID shipmentStatus(String status) {
        return hear("shipment.status-changed.v1", Map.of("groupBuyId", groupBuy, "status", status, "sequence", 1));
    }

    private UUID parcelReady() {
        return hear("parcel.ready.v1", Map.of("parcelId", UUID.randomUUID(), "groupBuyId", groupBuy));
    }

    private UUID parcelHandedOver(UUID order) {
        return hear("parcel.handed-over.v1", Map.of("parcelId", UUID.randomUUID(), "orderIds", List.of(order)));
    }

    private UUID parcelFailed(UUID order) {
        return hear("parcel.failed.v1", Map.of("parcelId", UUID.randomUUID(), "orderIds", List.of(order)));
    }

    private UUID hear(String type, Object data) {
        return service.events().publish(here.community(), type, groupBuy, data);
    }

    private String state() {
        return here.get(here.leader(), "/group-buys/" + groupBuy)
                .body()
                .get("state")
                .asString();
    }

    private void awaitState(String expected) {
        Await.untilAsserted(LIMIT, () -> assertThat(state()).isEqualTo(expected));
    }

    private static void awaitHandled(UUID event) {
        Await.until(
                "the event to be handled",
                LIMIT,
                () -> service.jdbc()
                        .sql("SELECT state FROM inbox WHERE event_id = ?")
                        .param(event)
                        .query(String.class)
                        .list()
                        .contains("done"));
    }
}
