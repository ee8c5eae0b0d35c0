package io.linli.groupbuy.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.closing.GroupBuyEvent.GroupBuyCancelled;
import io.linli.groupbuy.closing.GroupBuyEvent.WaitingHousehold;
import io.linli.groupbuy.lifecycle.Conditions;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.ordering.DecidedOrder;
import io.linli.groupbuy.ordering.DecidedOrder.DecidedLine;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.desk.EmptyWaitlist.Waiting;
import io.linli.kit.messaging.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventSamplesTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Terms TERMS =
            new Terms(id(2), id(1000), id(1), "崇明绿叶合作社", "周二蔬菜", id(30), NOW, NOW.plusSeconds(60), 1);
    private static final Order ORDER = new Order(
            id(0x10),
            id(1000),
            id(2),
            new Buyer(id(0x20), id(0x21), "王*", false),
            7,
            State.CONFIRMED,
            Order.Payment.NOT_AWAITED,
            true,
            List.of(new Line(id(3), "青菜", 2, null, 350, 500), new Line(id(4), "鸡蛋", 1, null, 1200, 1500)),
            NOW);

    private static final DecidedOrder DECIDED =
            DecidedOrder.of(ORDER, line -> new DecidedLine(line, line.quantity(), line.priceFen()));

    @Test
    void formed_is_written_as_its_sample_says() throws IOException {
        assertSample(GroupBuyEvent.formed(deliveredOn(LocalDate.of(2026, 11, 27)), List.of(DECIDED)));
    }

    @Test
    void one_that_promised_no_day_tells_none() {
        var formed = (GroupBuyEvent.GroupBuyFormed)
                GroupBuyEvent.formed(TERMS, List.of(DECIDED)).data();

        assertThat(formed.delivery()).isNull();
    }

    private static Terms deliveredOn(LocalDate day) {
        var plain = TERMS.conditions();
        var conditions = new Conditions(
                new Conditions.Delivery(null, day, Set.of()),
                plain.payment(),
                plain.fee(),
                plain.shares(),
                plain.kind(),
                plain.policy(),
                plain.minAmountFen(),
                plain.minCases());
        return new Terms(
                TERMS.id(),
                TERMS.community(),
                TERMS.supplierId(),
                TERMS.supplierName(),
                TERMS.title(),
                TERMS.leaderId(),
                TERMS.opensAt(),
                TERMS.closesAt(),
                TERMS.minParticipants(),
                conditions,
                TERMS.coLeaders(),
                TERMS.zone(),
                TERMS.capacityUnchecked(),
                TERMS.version());
    }

    @Test
    void failed_is_written_as_its_sample_says() throws IOException {
        assertSample(GroupBuyEvent.failed(TERMS, List.of(DECIDED)));
    }

    @Test
    void cancelled_is_written_as_its_sample_says() throws IOException {
        var alsoOrdered = new Waiting(ORDER.buyer().household(), null);

        assertSample(GroupBuyEvent.cancelled(
                TERMS, "台风停运", List.of(ORDER), Set.of(new Waiting(id(0x22), id(0x31)), alsoOrdered)));
    }

    @Test
    void who_waited_for_a_household_that_ordered_is_told_unless_they_ordered_for_it() {
        var household = ORDER.buyer().household();
        var orderedFor = new Order(
                id(0x11),
                id(1000),
                id(2),
                new Buyer(household, id(0x31), "王*", true),
                8,
                State.CANCELLED,
                Order.Payment.NOT_AWAITED,
                true,
                ORDER.lines(),
                NOW);
        var waiting = Set.of(
                new Waiting(household, null), new Waiting(household, id(0x31)), new Waiting(household, id(0x32)));

        var first = GroupBuyEvent.cancelled(TERMS, "台风停运", List.of(ORDER), waiting);
        var both = GroupBuyEvent.cancelled(TERMS, "台风停运", List.of(ORDER, orderedFor), waiting);

        assertThat(((GroupBuyCancelled) first.data()).waiting())
                .extracting(WaitingHousehold::buyerMemberId)
                .containsExactlyInAnyOrder(id(0x31), id(0x32));
        assertThat(((GroupBuyCancelled) both.data()).waiting())
                .extracting(WaitingHousehold::buyerMemberId)
                .containsExactly(id(0x32));
    }

    @Test
    void the_end_of_a_waitlist_is_written_as_its_sample_says() throws IOException {
        assertSample(GroupBuyEvent.waitlistEnded(TERMS, Set.of(new Waiting(id(0x22), id(0x31)))));
    }

    private static void assertSample(Event event) throws IOException {
        var sample = Files.readString(Path.of("src/main/events", event.type() + ".json"));
        assertThat(JSON.readTree(JSON.writeValueAsString(event.data()))).isEqualTo(JSON.readTree(sample));
        assertThat(event.subject()).isEqualTo(TERMS.id());
        assertThat(event.community()).isEqualTo(TERMS.community());
    }

    private static UUID id(long number) {
        return UUID.fromString("0193a1b0-7c00-7000-8000-%012x".formatted(number));
    }
}
