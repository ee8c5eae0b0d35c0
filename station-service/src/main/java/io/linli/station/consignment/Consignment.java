package io.linli.station.consignment;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the courier brings for one group buy: its states, its commands and every answer to them. It only moves forward.
record Consignment(
        UUID id,
        UUID groupBuyId,
        String title,
        String supplierName,
        State state,
        @Nullable Shipment shipment,
        Instant expectedAt,
        @Nullable Instant arrivedAt,
        @Nullable Instant checkedInAt,
        long version) {

    enum State {
        EXPECTED("expected"),
        ARRIVED("arrived"),
        CHECKED_IN("checked-in");

        private final String text;

        State(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static State of(String text) {
            for (var state : values()) {
                if (state.text.equals(text)) {
                    return state;
                }
            }
            throw new IllegalArgumentException(text);
        }
    }

    /// The courier's side; `sequence` orders what the courier says, a shipment that was refused has no waybill.
    record Shipment(
            UUID id,
            String carrier,
            @Nullable String waybill,
            @Nullable String status,
            long sequence) {}

    sealed interface Command {
        record Book(UUID shipmentId, String carrier, String waybill) implements Command {}

        record Report(
                UUID shipmentId,
                String carrier,
                @Nullable String waybill,
                String status,
                long sequence,
                Instant occurredAt)
                implements Command {
            private static final String DELIVERED = "delivered";
            private static final Set<String> GIVEN_UP = Set.of("return_to_sender", "cancelled", "expired");

            boolean delivered() {
                return DELIVERED.equals(status);
            }

            /// Whether the courier will not bring it any more.
            boolean givenUp() {
                return GIVEN_UP.contains(status);
            }
        }

        record CheckIn(Instant at) implements Command {}

        /// Tries again what stayed unshelved.
        record ShelveAgain() implements Command {}
    }

    sealed interface Decision {
        record Accepted(Consignment next, ForParcels forParcels) implements Decision {}

        record Rejected(Rejection rejection) implements Decision {}
    }

    /// What a step means for the parcels: the one that brings them to the gate, or one after which they never come.
    enum ForParcels {
        NOTHING,
        ARRIVE,
        GIVE_UP
    }

    enum Rejection {
        OLD_NEWS,
        OTHER_SHIPMENT,
        NOT_ARRIVED,
        NOT_CHECKED_IN,
        ALREADY_CHECKED_IN
    }

    Decision decide(Command command) {
        return switch (command) {
            case Command.Book book -> book(book);
            case Command.Report report -> report(report);
            case Command.CheckIn checkIn -> checkIn(checkIn.at());
            case Command.ShelveAgain _ -> shelveAgain();
        };
    }

    private Decision book(Command.Book book) {
        if (shipment == null) {
            var booked = new Shipment(book.shipmentId(), book.carrier(), book.waybill(), null, 0);
            return new Decision.Accepted(with(state, booked, arrivedAt), ForParcels.NOTHING);
        }
        return new Decision.Rejected(
                shipment.id().equals(book.shipmentId()) ? Rejection.OLD_NEWS : Rejection.OTHER_SHIPMENT);
    }

    /// A delivery counts whatever came before it, also of another shipment; any other word counts when it is newer.
    private Decision report(Command.Report report) {
        var told = told(report);
        if (report.delivered() && state == State.EXPECTED) {
            return new Decision.Accepted(with(State.ARRIVED, told, report.occurredAt()), ForParcels.ARRIVE);
        }
        if (shipment != null && !shipment.id().equals(report.shipmentId())) {
            return new Decision.Rejected(Rejection.OTHER_SHIPMENT);
        }
        if (told.equals(shipment)) {
            return new Decision.Rejected(Rejection.OLD_NEWS);
        }
        var forParcels = report.givenUp() && state == State.EXPECTED ? ForParcels.GIVE_UP : ForParcels.NOTHING;
        return new Decision.Accepted(with(state, told, arrivedAt), forParcels);
    }

    private Shipment told(Command.Report report) {
        if (shipment != null
                && shipment.id().equals(report.shipmentId())
                && shipment.status() != null
                && report.sequence() <= shipment.sequence()) {
            return shipment;
        }
        return new Shipment(
                report.shipmentId(), report.carrier(), report.waybill(), report.status(), report.sequence());
    }

    private Decision checkIn(Instant at) {
        return switch (state) {
            case EXPECTED -> new Decision.Rejected(Rejection.NOT_ARRIVED);
            case ARRIVED ->
                new Decision.Accepted(
                        new Consignment(
                                id,
                                groupBuyId,
                                title,
                                supplierName,
                                State.CHECKED_IN,
                                shipment,
                                expectedAt,
                                arrivedAt,
                                at,
                                version + 1),
                        ForParcels.NOTHING);
            case CHECKED_IN -> new Decision.Rejected(Rejection.ALREADY_CHECKED_IN);
        };
    }

    private Decision shelveAgain() {
        return switch (state) {
            case EXPECTED, ARRIVED -> new Decision.Rejected(Rejection.NOT_CHECKED_IN);
            case CHECKED_IN -> new Decision.Accepted(this, ForParcels.NOTHING);
        };
    }

    private Consignment with(State next, Shipment told, @Nullable Instant arrived) {
        return new Consignment(
                id, groupBuyId, title, supplierName, next, told, expectedAt, arrived, checkedInAt, version + 1);
    }
}
