package io.linli.groupbuy.lifecycle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// A group buy: its states, what can be asked of it, and what comes of that. The whole rule book of its window.
///
/// A group buy keeps its word by the clock, not by the timer: a scheduled one whose time has come takes orders, an open
/// one whose time is over does not, whether or not the timer has been there. Instants are kept to the microsecond, as
/// the database does.
public sealed interface GroupBuy {

    /// What was agreed when it was created, the same in every state.
    record Terms(
            UUID id,
            UUID community,
            UUID supplierId,
            String supplierName,
            String title,
            UUID leaderId,
            Instant opensAt,
            Instant closesAt,
            int minParticipants) {

        public Terms {
            opensAt = opensAt.truncatedTo(ChronoUnit.MICROS);
            closesAt = closesAt.truncatedTo(ChronoUnit.MICROS);
            if (!closesAt.isAfter(opensAt)) {
                throw new IllegalArgumentException("a window ends after it begins");
            }
        }

        boolean hasBegun(Instant now) {
            return !now.isBefore(opensAt);
        }

        boolean isOver(Instant now) {
            return !now.isBefore(closesAt);
        }
    }

    Terms terms();

    /// Announced, not yet open.
    record Scheduled(Terms terms) implements GroupBuy {}

    /// Takes orders.
    record Open(Terms terms) implements GroupBuy {}

    /// Closed with enough participants: it will be delivered.
    record Formed(Terms terms, Instant closedAt, int participants) implements GroupBuy {
        public Formed {
            closedAt = closedAt.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /// Closed with too few participants: nobody gets or pays anything.
    record Failed(Terms terms, Instant closedAt, int participants) implements GroupBuy {
        public Failed {
            closedAt = closedAt.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /// What can be asked of a group buy.
    sealed interface Command {
        /// The timer opens what is due.
        record OpenOnTime() implements Command {}

        /// An order is to be placed or cancelled.
        record ChangeOrders() implements Command {}

        /// The timer closes what is due; `participants` are the households with a placed order.
        record CloseOnTime(int participants) implements Command {}

        /// The leader closes it now.
        record CloseByHand(int participants) implements Command {}
    }

    /// Why something is refused.
    enum Reason {
        NOT_OPEN_YET,
        WINDOW_CLOSED,
        ALREADY_OPEN,
        ALREADY_CLOSED,
        NOT_DUE
    }

    /// What comes of a command.
    sealed interface Decision {
        record Accepted(GroupBuy next) implements Decision {}

        record Rejected(Reason reason) implements Decision {}
    }

    static GroupBuy create(Terms terms, Instant now) {
        return terms.hasBegun(now) ? new Open(terms) : new Scheduled(terms);
    }

    static Decision decide(GroupBuy groupBuy, Command command, Instant now) {
        return switch (command) {
            case Command.OpenOnTime _ -> openOnTime(groupBuy, now);
            case Command.ChangeOrders _ -> changeOrders(groupBuy, now);
            case Command.CloseOnTime close -> closeOnTime(groupBuy, close.participants(), now);
            case Command.CloseByHand close -> closeByHand(groupBuy, close.participants(), now);
        };
    }

    private static Decision openOnTime(GroupBuy groupBuy, Instant now) {
        return switch (groupBuy) {
            case Scheduled(var terms) when terms.hasBegun(now) -> new Decision.Accepted(new Open(terms));
            case Scheduled _ -> new Decision.Rejected(Reason.NOT_OPEN_YET);
            case Open _ -> new Decision.Rejected(Reason.ALREADY_OPEN);
            case Formed _, Failed _ -> new Decision.Rejected(Reason.ALREADY_CLOSED);
        };
    }

    private static Decision changeOrders(GroupBuy groupBuy, Instant now) {
        return switch (groupBuy) {
            case Scheduled(var terms) when !terms.hasBegun(now) -> new Decision.Rejected(Reason.NOT_OPEN_YET);
            case Scheduled(var terms) when !terms.isOver(now) -> new Decision.Accepted(new Open(terms));
            case Open open when !open.terms().isOver(now) -> new Decision.Accepted(open);
            case Scheduled _, Open _, Formed _, Failed _ -> new Decision.Rejected(Reason.WINDOW_CLOSED);
        };
    }

    private static Decision closeOnTime(GroupBuy groupBuy, int participants, Instant now) {
        return switch (groupBuy) {
            case Scheduled(var terms) when terms.isOver(now) -> close(terms, participants, now);
            case Open(var terms) when terms.isOver(now) -> close(terms, participants, now);
            case Scheduled _, Open _ -> new Decision.Rejected(Reason.NOT_DUE);
            case Formed _, Failed _ -> new Decision.Rejected(Reason.ALREADY_CLOSED);
        };
    }

    private static Decision closeByHand(GroupBuy groupBuy, int participants, Instant now) {
        return switch (groupBuy) {
            case Scheduled(var terms) when terms.hasBegun(now) -> close(terms, participants, now);
            case Scheduled _ -> new Decision.Rejected(Reason.NOT_OPEN_YET);
            case Open(var terms) -> close(terms, participants, now);
            case Formed _, Failed _ -> new Decision.Rejected(Reason.ALREADY_CLOSED);
        };
    }

    private static Decision close(Terms terms, int participants, Instant now) {
        return new Decision.Accepted(
                participants >= terms.minParticipants()
                        ? new Formed(terms, now, participants)
                        : new Failed(terms, now, participants));
    }
}
