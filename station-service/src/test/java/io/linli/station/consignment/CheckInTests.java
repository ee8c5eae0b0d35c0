package io.linli.station.consignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.station.StationDay;
import io.linli.station.StationDay.Answer;
import io.linli.station.StationDay.Share;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From the forming of a group buy to the shelf, through events and HTTP.
class CheckInTests {
    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station();

    private StationDay day;

    @BeforeEach
    void newCommunity() {
        day = StationDay.on(service);
    }

    private Answer checkIn(UUID consignment, List<UUID> missing, List<UUID> damaged) {
        return day.post(
                day.keeperToken(),
                "/consignments/" + consignment + "/check-in",
                Map.of("missing", missing, "damaged", damaged));
    }

    private Answer shelveAgain(UUID consignment) {
        return day.post(day.keeperToken(), "/consignments/" + consignment + "/shelving", null);
    }

    @Test
    void a_consignment_is_sorted_into_stored_missing_damaged_and_refused() {
        day.shelf(2, 3, 10);
        var stored = day.household(false, true);
        var missing = day.household(false, true);
        var damaged = day.household(false, true);
        var unwilling = day.household(false, false);
        var consignment = day.arrived(List.of(
                new Share(stored, 900, false),
                new Share(missing, 900, false),
                new Share(damaged, 900, false),
                new Share(unwilling, 900, false)));

        var answer = checkIn(
                consignment,
                List.of(day.parcel(missing).id()),
                List.of(day.parcel(damaged).id()));

        assertThat(answer.expect(200).body().toString())
                .isEqualTo("{\"stored\":1,\"missing\":1,\"damaged\":1,\"refused\":1,\"unshelved\":0}");
        assertThat(day.parcel(stored).state()).isEqualTo("ready");
        assertThat(day.parcel(stored).label()).matches("2-[1-3]-[0-9]+");
        assertThat(List.of(
                        day.parcel(missing).state(),
                        day.parcel(damaged).state(),
                        day.parcel(unwilling).state()))
                .containsOnly("failed");
        var ready = service.events()
                .await("parcel.ready.v1", heard -> heard.community().equals(day.community));
        assertThat(ready.data().path("householdId").asString()).isEqualTo(stored.toString());
        assertThat(ready.data().path("label").asString()).isEqualTo(day.label(stored));
        service.events()
                .await(
                        "parcel.failed.v1",
                        heard -> heard.community().equals(day.community)
                                && heard.data().path("reason").asString().equals("refused"));
    }

    @Test
    void what_finds_no_slot_or_no_household_waits_for_the_next_shelving() {
        day.shelf(1, 1, 1);
        var known = day.households(2);
        var unknown = UUID.randomUUID();
        var consignment = day.arrived(List.of(
                new Share(known.get(0), 900, false),
                new Share(known.get(1), 800, false),
                new Share(unknown, 700, false)));

        assertThat(day.checkIn(consignment).expect(200).body().path("unshelved").asInt())
                .isEqualTo(2);
        day.shelf(2, 1, 5);
        day.householdChanged(unknown, 1, true, true);
        assertThat(shelveAgain(consignment).expect(200).body().toString())
                .isEqualTo("{\"stored\":2,\"refused\":0,\"unshelved\":0}");

        assertThat(day.parcel(unknown).state()).isEqualTo("ready");
        assertThat(day.parcel(unknown).doorstep()).isTrue();
        assertThat(shelveAgain(consignment).body().path("stored").asInt()).isZero();
    }

    /// The courier refused the shipment, so there is no waybill and no booking was heard of.
    @Test
    void parcels_that_the_courier_will_not_bring_end_as_undeliverable() {
        var household = day.household(false, true);
        var groupBuy = UUID.randomUUID();
        day.formed(groupBuy, List.of(new Share(household, 900, false)));

        day.publish(
                "shipment.status-changed.v1",
                groupBuy,
                Map.of(
                        "shipmentId",
                        UUID.randomUUID(),
                        "groupBuyId",
                        groupBuy,
                        "carrier",
                        "generic",
                        "status",
                        "cancelled",
                        "sequence",
                        1,
                        "occurredAt",
                        "2026-11-22T06:30:00Z"));

        var failed = service.events()
                .await("parcel.failed.v1", heard -> heard.community().equals(day.community));
        assertThat(failed.data().path("reason").asString()).isEqualTo("undeliverable");
        assertThat(day.parcel(household).state()).isEqualTo("failed");
    }

    @Test
    void an_expected_parcel_is_written_off_by_a_keeper() {
        var household = day.household(false, true);
        day.formed(UUID.randomUUID(), List.of(new Share(household, 900, false)));
        StationDay.until("the parcel is expected", () -> !day.parcels(household).isEmpty());

        day.post(
                        day.keeperToken(),
                        "/parcels/" + day.parcel(household).id() + "/failure",
                        Map.of("reason", "undeliverable"))
                .expect(200);

        assertThat(day.parcel(household).state()).isEqualTo("failed");
    }

    @Test
    void news_of_a_shipment_waits_for_the_group_buy() {
        var household = day.household(false, true);
        var groupBuy = UUID.randomUUID();
        day.shipment(groupBuy, "delivered", 4);
        day.shipment(groupBuy, "in_transit", 2);
        StationDay.until(
                "the early news waits",
                () -> service.jdbc()
                                .sql("SELECT count(*) FROM inbox WHERE subject = ? AND state = 'waiting'")
                                .param(groupBuy)
                                .query(Long.class)
                                .single()
                        == 2);

        day.formed(groupBuy, List.of(new Share(household, 900, false)));

        day.arrivedConsignment(groupBuy);
        assertThat(day.parcel(household).state()).isEqualTo("arrived");
    }

    @Test
    void a_group_buy_told_twice_is_one_consignment() {
        var household = day.household(false, true);
        var groupBuy = UUID.randomUUID();
        day.formed(groupBuy, List.of(new Share(household, 900, false)));
        day.formed(groupBuy, List.of(new Share(household, 900, false)));
        day.shipment(groupBuy, "delivered", 4);
        day.arrivedConsignment(groupBuy);

        assertThat(day.parcels(household)).hasSize(1);
        assertThat(day.get(day.keeperToken(), "/consignments")
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void several_orders_of_a_household_are_one_parcel() {
        var household = day.household(false, true);
        day.arrived(List.of(new Share(household, 900, false), new Share(household, 1_100, true)));

        var shown = day.get(day.keeperToken(), "/parcels").body().path("items");

        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.path(0).path("weightGrams").asLong()).isEqualTo(2_000);
        assertThat(shown.path(0).path("doorstep").asBoolean()).isTrue();
        assertThat(shown.path(0).path("orderIds").size()).isEqualTo(2);
    }

    @Test
    void wrong_check_ins_are_refused_and_change_nothing() {
        var household = day.household(false, true);
        var groupBuy = UUID.randomUUID();
        day.formed(groupBuy, List.of(new Share(household, 900, false)));
        StationDay.until(
                "the consignment is expected", () -> !day.parcels(household).isEmpty());
        var parcel = day.parcel(household).id();
        var consignment = UUID.fromString(day.get(day.keeperToken(), "/consignments")
                .body()
                .path("items")
                .path(0)
                .path("consignmentId")
                .asString());

        day.checkIn(consignment).refused(409, "consignment-not-arrived");
        shelveAgain(consignment).refused(409, "consignment-not-checked-in");
        day.shipment(groupBuy, "delivered", 4);
        day.arrivedConsignment(groupBuy);
        checkIn(consignment, List.of(UUID.randomUUID()), List.of()).refused(422, "parcel-not-in-consignment");
        checkIn(consignment, List.of(parcel), List.of(parcel)).refused(422, "missing-and-damaged");
        assertThat(day.parcel(household).state()).isEqualTo("arrived");
        day.checkIn(consignment).expect(200);
        day.checkIn(consignment).refused(409, "consignment-checked-in");
        day.elsewhere().checkIn(consignment).refused(404, "consignment-unknown");
    }

    @Test
    void three_hundred_parcels_are_shelved_at_once_without_a_shared_slot() {
        day.shelf(1, 5, 30);
        day.shelf(2, 5, 30);
        var households = day.households(300);
        var consignment = day.arrived(households.stream()
                .map(household -> new Share(household, household.hashCode() % 2 == 0 ? 12_000 : 900, false))
                .toList());

        assertThat(day.checkIn(consignment).expect(200).body().path("stored").asInt())
                .isEqualTo(300);

        assertThat(occupied()).isEqualTo(300);
        var labels = new HashSet<String>();
        day.get(day.keeperToken(), "/consignments/" + consignment)
                .body()
                .path("parcels")
                .forEach(parcel -> labels.add(parcel.path("label").asString()));
        assertThat(labels).hasSize(300);
    }

    private long occupied() {
        return service.jdbc()
                .sql("SELECT count(DISTINCT parcel_id) FROM slot WHERE community_id = ? AND parcel_id IS NOT NULL")
                .param(day.community)
                .query(Long.class)
                .single();
    }

    /// Consignments checked in at the same moment compete for the same few slots.
    @Test
    void consignments_checked_in_together_never_share_a_slot() throws Exception {
        day.shelf(1, 2, 20);
        var consignments = IntStream.range(0, 8)
                .mapToObj(_ -> day.arrived(day.households(8).stream()
                        .map(household -> new Share(household, 900, false))
                        .toList()))
                .toList();

        int stored;
        try (var keepers = Executors.newVirtualThreadPerTaskExecutor()) {
            stored = keepers
                    .invokeAll(consignments.stream()
                            .map(each -> (java.util.concurrent.Callable<Answer>) () -> day.checkIn(each))
                            .toList())
                    .stream()
                    .mapToInt(answer ->
                            answer.resultNow().expect(200).body().path("stored").asInt())
                    .sum();
        }

        assertThat(stored).isEqualTo(40);
        assertThat(occupied()).isEqualTo(40);
    }

    @Test
    void consignments_and_shelves_are_listed_page_by_page() {
        for (var number = 1; number <= 3; number++) {
            day.shelf(number, 1, number);
            day.arrived(List.of(new Share(day.household(false, true), 900, false)));
        }
        for (var path : List.of("/shelves", "/consignments", "/parcels")) {
            var first =
                    day.get(day.keeperToken(), path + "?limit=2").expect(200).body();
            var rest = day.get(
                            day.keeperToken(),
                            path + "?limit=2&cursor=" + first.path("next").asString())
                    .expect(200)
                    .body();

            assertThat(first.path("items").size()).as(path).isEqualTo(2);
            assertThat(rest.path("items").size()).as(path).isEqualTo(1);
            assertThat(rest.has("next")).as(path).isFalse();
            assertThat(first.path("items").valueStream())
                    .as(path)
                    .doesNotContain(rest.path("items").path(0));
            day.get(day.keeperToken(), path + "?cursor=%21").refused(400, "cursor-invalid");
            day.get(day.keeperToken(), path + "?limit=201").expect(400);
        }
        day.get(day.keeperToken(), "/parcels?state=nowhere").expect(400);
        day.post(day.keeperToken(), "/shelves", Map.of("shelf", 1, "levels", 1, "positions", 1))
                .refused(409, "shelf-exists");
    }
}
