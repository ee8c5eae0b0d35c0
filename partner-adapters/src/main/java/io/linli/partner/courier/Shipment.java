package io.linli.partner.courier;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One shipment of a formed group buy: booked with a courier once, then followed to its end. Its status only moves
/// forward: what a courier reports late, twice or in a word we do not know never takes it back.
sealed interface Shipment {
    Freight freight();

    /// Waits for the courier to take the booking; `problem` says why the last attempt did not succeed.
    record ToBook(Freight freight, @Nullable String problem) implements Shipment {}

    record Booked(Freight freight, String waybill, Instant bookedAt, Tracking tracking) implements Shipment {}

    /// The courier will not take it, which ends it as a cancellation does.
    record Refused(Freight freight, String reason) implements Shipment {}

    /// Where a booked shipment is. `progress` is how far it came, also while an incident is its status; `sequence`
    /// counts the moves.
    record Tracking(
            TrackingStatus status,
            TrackingStatus progress,
            int sequence,
            @Nullable Instant at) {
        static final Tracking START = new Tracking(TrackingStatus.PENDING, TrackingStatus.PENDING, 0, null);
        static final Tracking REFUSED = new Tracking(TrackingStatus.CANCELLED, TrackingStatus.PENDING, 1, null);

        private boolean allows(TrackingStatus next, Instant occurredAt) {
            boolean since = at == null || occurredAt.isAfter(at);
            return switch (next.kind()) {
                case PROGRESS -> next.isBeyond(progress) || (isIncident() && next == progress && since);
                case INCIDENT -> next != status && since;
                case END -> true;
                case NOT_UNDERSTOOD -> false;
            };
        }

        private boolean isIncident() {
            return status.kind() == TrackingStatus.Kind.INCIDENT;
        }

        private Tracking moved(TrackingStatus next, Instant occurredAt) {
            boolean further = next.kind() == TrackingStatus.Kind.PROGRESS || next == TrackingStatus.DELIVERED;
            return new Tracking(next, further ? next : progress, sequence + 1, occurredAt);
        }
    }

    sealed interface Command {
        record Book(String waybill) implements Command {}

        record Postpone(String problem) implements Command {}

        record Refuse(String reason) implements Command {}

        record Report(TrackingStatus status, Instant occurredAt) implements Command {}
    }

    sealed interface Decision {
        record Accepted(Shipment next, List<ShipmentEvent> events) implements Decision {}

        record Rejected(Reason reason) implements Decision {}
    }

    enum Reason {
        ALREADY_BOOKED,
        ALREADY_REFUSED,
        NOT_BOOKED,
        LATE,
        NOT_UNDERSTOOD
    }

    static Decision decide(Shipment shipment, Command command, Instant now) {
        return switch (shipment) {
            case ToBook waiting -> booking(waiting, command, now);
            case Booked booked -> tracking(booked, command);
            case Refused _ ->
                new Decision.Rejected(command instanceof Command.Report ? Reason.NOT_BOOKED : Reason.ALREADY_REFUSED);
        };
    }

    private static Decision booking(ToBook waiting, Command command, Instant now) {
        var freight = waiting.freight();
        return switch (command) {
            case Command.Book(String waybill) ->
                new Decision.Accepted(
                        new Booked(freight, waybill, now, Tracking.START),
                        List.of(ShipmentBooked.of(freight, waybill)));
            case Command.Postpone(String problem) -> new Decision.Accepted(new ToBook(freight, problem), List.of());
            case Command.Refuse(String reason) ->
                new Decision.Accepted(
                        new Refused(freight, reason), List.of(ShipmentStatusChanged.ofRefused(freight, now)));
            case Command.Report _ -> new Decision.Rejected(Reason.NOT_BOOKED);
        };
    }

    private static Decision tracking(Booked booked, Command command) {
        return switch (command) {
            case Command.Book _, Command.Postpone _, Command.Refuse _ -> new Decision.Rejected(Reason.ALREADY_BOOKED);
            case Command.Report(TrackingStatus status, Instant occurredAt) -> report(booked, status, occurredAt);
        };
    }

    private static Decision report(Booked booked, TrackingStatus status, Instant occurredAt) {
        var tracking = booked.tracking();
        if (status == TrackingStatus.UNKNOWN) {
            return new Decision.Rejected(Reason.NOT_UNDERSTOOD);
        }
        if (tracking.status().kind() == TrackingStatus.Kind.END || !tracking.allows(status, occurredAt)) {
            return new Decision.Rejected(Reason.LATE);
        }
        var moved =
                new Booked(booked.freight(), booked.waybill(), booked.bookedAt(), tracking.moved(status, occurredAt));
        return new Decision.Accepted(moved, List.of(ShipmentStatusChanged.of(moved, occurredAt)));
    }
}
