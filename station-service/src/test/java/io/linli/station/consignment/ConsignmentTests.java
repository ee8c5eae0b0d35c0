package io.linli.station.consignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.station.consignment.Consignment.Command;
import io.linli.station.consignment.Consignment.Decision.Accepted;
import io.linli.station.consignment.Consignment.Decision.Rejected;
import io.linli.station.consignment.Consignment.ForParcels;
import io.linli.station.consignment.Consignment.Rejection;
import io.linli.station.consignment.Consignment.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsignmentTests {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final UUID SHIPMENT = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);

    private static Consignment consignment(State state) {
        return new Consignment(
                new UUID(2, 1),
                new UUID(3, 1),
                "Vegetables",
                "Farm",
                state,
                null,
                START,
                state == State.EXPECTED ? null : START,
                state == State.CHECKED_IN ? START : null,
                1);
    }

    private static Command.Report report(UUID shipment, String status, long sequence) {
        return new Command.Report(shipment, "generic", "W1", status, sequence, START.plusSeconds(sequence));
    }

    private static Command command(String name) {
        return switch (name) {
            case "book" -> new Command.Book(SHIPMENT, "generic", "W1");
            case "in-transit" -> report(SHIPMENT, "in_transit", 2);
            case "return_to_sender", "cancelled", "expired" -> report(SHIPMENT, name, 3);
            case "delivered" -> report(SHIPMENT, "delivered", 4);
            case "check-in" -> new Command.CheckIn(START.plusSeconds(9));
            case "shelve-again" -> new Command.ShelveAgain();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "EXPECTED,book,EXPECTED",
        "EXPECTED,in-transit,EXPECTED",
        "EXPECTED,delivered,ARRIVED",
        "EXPECTED,check-in,NOT_ARRIVED",
        "EXPECTED,shelve-again,NOT_CHECKED_IN",
        "ARRIVED,book,ARRIVED",
        "ARRIVED,in-transit,ARRIVED",
        "ARRIVED,delivered,ARRIVED",
        "ARRIVED,check-in,CHECKED_IN",
        "ARRIVED,shelve-again,NOT_CHECKED_IN",
        "CHECKED_IN,book,CHECKED_IN",
        "CHECKED_IN,in-transit,CHECKED_IN",
        "CHECKED_IN,delivered,CHECKED_IN",
        "CHECKED_IN,check-in,ALREADY_CHECKED_IN",
        "CHECKED_IN,shelve-again,CHECKED_IN"
    })
    void every_command_in_every_state_has_its_answer(State state, String command, String outcome) {
        var decision = consignment(state).decide(command(command));

        assertThat(
                        switch (decision) {
                            case Accepted accepted -> accepted.next().state().name();
                            case Rejected rejected -> rejected.rejection().name();
                        })
                .isEqualTo(outcome);
    }

    @Test
    void parcels_arrive_with_the_first_delivery_only() {
        var delivered = (Accepted) consignment(State.EXPECTED).decide(report(SHIPMENT, "delivered", 4));

        assertThat(delivered.forParcels()).isEqualTo(ForParcels.ARRIVE);
        assertThat(delivered.next().decide(report(SHIPMENT, "delivered", 4)))
                .isEqualTo(new Rejected(Rejection.OLD_NEWS));
        assertThat(((Accepted) delivered.next().decide(report(SHIPMENT, "unknown", 5))).forParcels())
                .isEqualTo(ForParcels.NOTHING);
    }

    /// A courier that refuses a shipment gives no waybill, and no booking is heard of before.
    @ParameterizedTest
    @ValueSource(strings = {"return_to_sender", "cancelled", "expired"})
    void parcels_are_given_up_when_the_courier_ends_without_delivery(String status) {
        var expected = consignment(State.EXPECTED);
        var booked = ((Accepted) expected.decide(command("book"))).next();
        var refused = new Command.Report(SHIPMENT, "generic", null, status, 1, START);

        assertThat(((Accepted) booked.decide(command(status))).forParcels()).isEqualTo(ForParcels.GIVE_UP);
        assertThat(((Accepted) expected.decide(refused)).forParcels()).isEqualTo(ForParcels.GIVE_UP);
        assertThat(((Accepted) consignment(State.ARRIVED).decide(command(status))).forParcels())
                .isEqualTo(ForParcels.NOTHING);
        assertThat(booked.decide(report(OTHER, status, 9))).isEqualTo(new Rejected(Rejection.OTHER_SHIPMENT));
    }

    @Test
    void another_shipment_changes_nothing_unless_it_delivers() {
        var booked = ((Accepted) consignment(State.EXPECTED).decide(command("book"))).next();

        assertThat(booked.decide(new Command.Book(OTHER, "generic", "W2")))
                .isEqualTo(new Rejected(Rejection.OTHER_SHIPMENT));
        assertThat(booked.decide(report(OTHER, "in_transit", 9))).isEqualTo(new Rejected(Rejection.OTHER_SHIPMENT));
        assertThat(((Accepted) booked.decide(report(OTHER, "delivered", 1)))
                        .next()
                        .state())
                .isEqualTo(State.ARRIVED);
    }

    /// The courier's words in any order, each twice: the end is always the same, and nothing goes back.
    @Test
    void any_order_of_news_ends_the_same() {
        var news = List.of(
                new Command.Book(SHIPMENT, "generic", "W1"),
                report(SHIPMENT, "picked_up", 1),
                report(SHIPMENT, "in_transit", 2),
                report(SHIPMENT, "out_for_delivery", 3),
                report(SHIPMENT, "delivered", 4));
        for (var seed = 0; seed < 200; seed++) {
            var order = new ArrayList<Command>(news);
            order.addAll(news);
            Collections.shuffle(order, new Random(seed));
            var end = play(order, seed);
            assertThat(end.state()).as("seed %d", seed).isEqualTo(State.ARRIVED);
            assertThat(end.shipment().status()).as("seed %d", seed).isEqualTo("delivered");
            assertThat(end.arrivedAt()).as("seed %d", seed).isEqualTo(START.plusSeconds(4));
        }
    }

    private static Consignment play(List<Command> order, int seed) {
        var current = consignment(State.EXPECTED);
        for (var command : order) {
            if (current.decide(command) instanceof Accepted accepted) {
                assertThat(accepted.next().state()).as("seed %d", seed).isGreaterThanOrEqualTo(current.state());
                assertThat(accepted.next().version()).isEqualTo(current.version() + 1);
                current = accepted.next();
            }
        }
        return current;
    }
}
