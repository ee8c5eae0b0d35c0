package io.linli.partner.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.partner.courier.Shipment.Booked;
import io.linli.partner.courier.Shipment.Command;
import io.linli.partner.courier.Shipment.Command.Report;
import io.linli.partner.courier.Shipment.Decision.Accepted;
import io.linli.partner.courier.Shipment.Decision.Rejected;
import io.linli.partner.courier.Shipment.Reason;
import io.linli.partner.courier.Shipment.Refused;
import io.linli.partner.courier.Shipment.ToBook;
import io.linli.partner.courier.Shipment.Tracking;
import io.linli.partner.courier.TrackingStatus.Kind;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShipmentTests {
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    private static final Freight FREIGHT =
            new Freight(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3), "青菜", "generic", "绿源农场", 3, 9_000, NOW);
    private static final ToBook TO_BOOK = new ToBook(FREIGHT, null);
    private static final Booked BOOKED = new Booked(FREIGHT, "GC1", NOW, Tracking.START);
    private static final Refused REFUSED = new Refused(FREIGHT, "no");

    private static final Command BOOK = new Command.Book("GC2");
    private static final Command POSTPONE = new Command.Postpone("down");
    private static final Command REFUSE = new Command.Refuse("too heavy");
    private static final Command REPORT = new Report(TrackingStatus.PICKED_UP, NOW);

    static Stream<Arguments> rejected() {
        return Stream.of(
                Arguments.of(TO_BOOK, REPORT, Reason.NOT_BOOKED),
                Arguments.of(BOOKED, BOOK, Reason.ALREADY_BOOKED),
                Arguments.of(BOOKED, POSTPONE, Reason.ALREADY_BOOKED),
                Arguments.of(BOOKED, REFUSE, Reason.ALREADY_BOOKED),
                Arguments.of(REFUSED, BOOK, Reason.ALREADY_REFUSED),
                Arguments.of(REFUSED, POSTPONE, Reason.ALREADY_REFUSED),
                Arguments.of(REFUSED, REFUSE, Reason.ALREADY_REFUSED),
                Arguments.of(REFUSED, REPORT, Reason.NOT_BOOKED));
    }

    @ParameterizedTest
    @MethodSource
    void rejected(Shipment shipment, Command command, Reason reason) {
        assertThat(Shipment.decide(shipment, command, NOW)).isEqualTo(new Rejected(reason));
    }

    @Test
    void booking_gives_the_waybill_and_tells_of_it() {
        var accepted = (Accepted) Shipment.decide(TO_BOOK, BOOK, NOW);

        assertThat(accepted.next()).isEqualTo(new Booked(FREIGHT, "GC2", NOW, Tracking.START));
        assertThat(accepted.events())
                .containsExactly(new ShipmentBooked(FREIGHT.id(), FREIGHT.groupBuy(), "generic", "GC2"));
    }

    @Test
    void postponing_keeps_it_waiting_with_the_problem() {
        var accepted = (Accepted) Shipment.decide(TO_BOOK, POSTPONE, NOW);

        assertThat(accepted.next()).isEqualTo(new ToBook(FREIGHT, "down"));
        assertThat(accepted.events()).isEmpty();
    }

    @Test
    void a_refusal_ends_the_attempts_and_is_told_as_a_cancellation() {
        var accepted = (Accepted) Shipment.decide(TO_BOOK, REFUSE, NOW);

        assertThat(accepted.next()).isEqualTo(new Refused(FREIGHT, "too heavy"));
        assertThat(accepted.events())
                .containsExactly(new ShipmentStatusChanged(
                        FREIGHT.id(), FREIGHT.groupBuy(), "generic", null, "cancelled", 1, NOW));
    }

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "RETURN_TO_SENDER", "CANCELLED", "EXPIRED"})
    void every_end_is_told(TrackingStatus end) {
        var accepted = (Accepted) Shipment.decide(BOOKED, new Report(end, NOW), NOW);

        assertThat(accepted.events())
                .containsExactly(new ShipmentStatusChanged(
                        FREIGHT.id(), FREIGHT.groupBuy(), "generic", "GC1", end.word(), 1, NOW));
    }

    @Test
    void each_step_forward_is_told_with_the_next_sequence() {
        var one = accept(BOOKED, TrackingStatus.PICKED_UP, NOW);
        var two = (Accepted) Shipment.decide(one, new Report(TrackingStatus.DELIVERED, NOW.plusSeconds(9)), NOW);

        assertThat(two.events())
                .containsExactly(new ShipmentStatusChanged(
                        FREIGHT.id(), FREIGHT.groupBuy(), "generic", "GC1", "delivered", 2, NOW.plusSeconds(9)));
    }

    @ParameterizedTest
    @CsvSource({
        "PICKED_UP, PICKED_UP",
        "IN_TRANSIT, PICKED_UP",
        "OUT_FOR_DELIVERY, IN_TRANSIT",
        "READY_FOR_PICKUP, OUT_FOR_DELIVERY",
        "DELIVERED, OUT_FOR_DELIVERY",
        "DELIVERED, DELAYED",
        "CANCELLED, DELIVERED",
        "RETURN_TO_SENDER, IN_TRANSIT",
        "EXPIRED, PICKED_UP"
    })
    void what_is_not_further_comes_late(TrackingStatus current, TrackingStatus reported) {
        var shipment = accept(BOOKED, current, NOW);

        var decision = Shipment.decide(shipment, new Report(reported, NOW.plusSeconds(60)), NOW);

        assertThat(decision).isEqualTo(new Rejected(Reason.LATE));
    }

    @ParameterizedTest
    @EnumSource
    void a_word_we_do_not_know_never_moves_it(TrackingStatus current) {
        if (current == TrackingStatus.UNKNOWN || current == TrackingStatus.PENDING) {
            return;
        }
        var shipment = accept(BOOKED, current, NOW);

        var decision = Shipment.decide(shipment, new Report(TrackingStatus.UNKNOWN, NOW.plusSeconds(60)), NOW);

        assertThat(decision).isEqualTo(new Rejected(Reason.NOT_UNDERSTOOD));
    }

    @ParameterizedTest
    @EnumSource(names = {"DELAYED", "ON_HOLD", "DELIVERY_FAILED"})
    void after_an_incident_it_goes_on_from_where_it_was(TrackingStatus incident) {
        var held = accept(accept(BOOKED, TrackingStatus.IN_TRANSIT, NOW), incident, NOW.plusSeconds(1));

        assertThat(held.tracking().progress()).isEqualTo(TrackingStatus.IN_TRANSIT);
        assertThat(Shipment.decide(held, new Report(TrackingStatus.IN_TRANSIT, NOW), NOW))
                .isEqualTo(new Rejected(Reason.LATE));
        assertThat(accept(held, TrackingStatus.IN_TRANSIT, NOW.plusSeconds(2))
                        .tracking()
                        .sequence())
                .isEqualTo(3);
    }

    @Test
    void an_incident_from_before_the_last_move_comes_late() {
        var shipment = accept(BOOKED, TrackingStatus.OUT_FOR_DELIVERY, NOW);

        assertThat(Shipment.decide(shipment, new Report(TrackingStatus.DELAYED, NOW.minusSeconds(1)), NOW))
                .isEqualTo(new Rejected(Reason.LATE));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, 4711})
    void on_any_walk_it_only_moves_forward(long seed) {
        var random = new Random(seed);
        for (int walk = 0; walk < 200; walk++) {
            var shipment = BOOKED;
            for (int step = 0; step < 30; step++) {
                shipment = walkOn(shipment, random);
            }
        }
    }

    private static Booked walkOn(Booked before, Random random) {
        var status = TrackingStatus.values()[random.nextInt(TrackingStatus.values().length)];
        var report = new Report(status, NOW.plusSeconds(random.nextInt(1000)));
        var decision = Shipment.decide(before, report, NOW);
        if (!(decision instanceof Accepted(Booked after, var events))) {
            return before;
        }
        assertThat(before.tracking().status().kind()).isNotEqualTo(Kind.END);
        assertThat(before.tracking().progress().isBeyond(after.tracking().progress()))
                .isFalse();
        assertThat(after.tracking().sequence()).isEqualTo(before.tracking().sequence() + 1);
        assertThat(events).hasSize(1);
        return after;
    }

    private static Booked accept(Booked shipment, TrackingStatus status, Instant at) {
        return (Booked) ((Accepted) Shipment.decide(shipment, new Report(status, at), NOW)).next();
    }
}
