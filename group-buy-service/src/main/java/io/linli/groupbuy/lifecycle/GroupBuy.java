package io.linli.groupbuy.lifecycle;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A group buy: its states, what can be asked of it, and what comes of that. The whole rule book of its life.
///
/// A group buy keeps its word by the clock, not by the timer: a scheduled one whose time has come takes orders, an open
/// one whose time is over does not, whether or not the timer has been there. Instants are kept to the microsecond, as
/// the database does.
public sealed interface GroupBuy {

    /// What is agreed, the same in every state.
    ///
    /// @param version counts how often it was rewritten
    /// @param capacityUnchecked nobody could say whether the station and the volunteers have room for it
    record Terms(
            UUID id,
            UUID community,
            UUID supplierId,
            String supplierName,
            String title,
            UUID leaderId,
            Instant opensAt,
            Instant closesAt,
            int minParticipants,
            Conditions conditions,
            Set<UUID> coLeaders,
            ZoneId zone,
            boolean capacityUnchecked,
            int version) {
        private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

        public Terms {
            opensAt = opensAt.truncatedTo(ChronoUnit.MICROS);
            closesAt = closesAt.truncatedTo(ChronoUnit.MICROS);
            coLeaders = Set.copyOf(coLeaders);
            if (!closesAt.isAfter(opensAt)) {
                throw new IllegalArgumentException("a window ends after it begins");
            }
        }

        /// A plain purchase led by one member.
        public Terms(
                UUID id,
                UUID community,
                UUID supplierId,
                String supplierName,
                String title,
                UUID leaderId,
                Instant opensAt,
                Instant closesAt,
                int minParticipants) {
            this(
                    id,
                    community,
                    supplierId,
                    supplierName,
                    title,
                    leaderId,
                    opensAt,
                    closesAt,
                    minParticipants,
                    Conditions.PLAIN,
                    Set.of(),
                    SHANGHAI,
                    true,
                    0);
        }

        /// Whether this member is its leader or a co-leader, who may do the same.
        public boolean isLedBy(UUID member) {
            return leaderId.equals(member) || coLeaders.contains(member);
        }

        /// All who lead it, its leader first.
        public List<UUID> leaders() {
            return leaders(leaderId, coLeaders);
        }

        static List<UUID> leaders(UUID leader, Set<UUID> coLeaders) {
            return Stream.concat(Stream.of(leader), coLeaders.stream())
                    .distinct()
                    .toList();
        }

        boolean hasBegun(Instant now) {
            return !now.isBefore(opensAt);
        }

        boolean isOver(Instant now) {
            return !now.isBefore(closesAt);
        }

        boolean areMetBy(Outcome outcome) {
            return outcome.participants() >= minParticipants
                    && outcome.amountFen() >= conditions.minAmountFen()
                    && outcome.cases() >= conditions.minCases();
        }
    }

    Terms terms();

    /// Being written: only those who lead it know of it.
    record Draft(Terms terms) implements GroupBuy {}

    /// Announced, not yet open.
    record Scheduled(Terms terms) implements GroupBuy {}

    /// Takes orders.
    record Open(Terms terms) implements GroupBuy {}

    /// Takes no more orders; what becomes of it is being decided.
    record Closed(Terms terms, Instant closedAt) implements GroupBuy {}

    /// Called off before it was decided.
    record Cancelled(Terms terms, Instant cancelledAt, String reason) implements GroupBuy {}

    /// Decided, one way or the other.
    sealed interface Decided extends GroupBuy {
        Instant closedAt();

        Outcome outcome();

        default int participants() {
            return outcome().participants();
        }
    }

    /// Too little was ordered: nobody gets or pays anything.
    record Failed(Terms terms, Instant closedAt, Outcome outcome) implements Decided {}

    /// Enough was ordered: it is delivered, step by step.
    sealed interface Made extends Decided {
        default Stage stage() {
            return switch (this) {
                case Formed _ -> Stage.FORMED;
                case Ordered _ -> Stage.ORDERED;
                case Shipped _ -> Stage.SHIPPED;
                case Arrived _ -> Stage.ARRIVED;
                case Settled _ -> Stage.SETTLED;
            };
        }
    }

    record Formed(Terms terms, Instant closedAt, Outcome outcome) implements Made {}

    /// The courier is booked.
    record Ordered(Terms terms, Instant closedAt, Outcome outcome) implements Made {}

    /// The courier has it.
    record Shipped(Terms terms, Instant closedAt, Outcome outcome) implements Made {}

    /// It is at the gate.
    record Arrived(Terms terms, Instant closedAt, Outcome outcome) implements Made {}

    /// Every order of it is final.
    record Settled(Terms terms, Instant closedAt, Outcome outcome) implements Made {}

    /// What a group buy came to: households, fen, cases.
    record Outcome(int participants, long amountFen, int cases) {}

    /// What can be asked of a group buy.
    sealed interface Command {
        /// Its leader rewrites what has `version`; null when that was not said.
        record Edit(@Nullable Integer version, Terms terms) implements Command {}

        /// Its leader announces the draft that has `version`; of its orders the community fund takes so much.
        record Publish(int version, boolean capacityUnchecked, int fundPerMille) implements Command {}

        /// The timer opens what is due.
        record OpenOnTime() implements Command {}

        /// An order is to be placed, changed or cancelled.
        record ChangeOrders() implements Command {}

        /// The timer closes what is due.
        record CloseOnTime() implements Command {}

        /// The leader closes it now.
        record CloseByHand() implements Command {}

        /// It is known what it came to.
        record Decide(Outcome outcome) implements Command {}

        /// Its delivery has got this far.
        record Advance(Stage stage) implements Command {}

        /// It is told what of it came.
        record TellDelivery() implements Command {}

        /// It is called off.
        record Cancel(String reason) implements Command {}

        /// Others lead it from now on.
        record Lead(UUID leader, Set<UUID> coLeaders) implements Command {}
    }

    /// Why something is refused.
    enum Reason {
        VERSION_MISSING,
        STALE_VERSION,
        NOT_PUBLISHED,
        ALREADY_PUBLISHED,
        NOT_OPEN_YET,
        ALREADY_OPEN,
        WINDOW_CLOSED,
        NOT_DUE,
        NOT_CLOSED,
        ALREADY_CLOSED,
        ALREADY_DECIDED,
        NOT_FORMED,
        ALREADY_FURTHER,
        FAILED,
        CANCELLED
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
        var moment = now.truncatedTo(ChronoUnit.MICROS);
        return switch (command) {
            case Command.Edit edit -> Transitions.edit(groupBuy, edit, moment);
            case Command.Publish publish -> Transitions.publish(groupBuy, publish, moment);
            case Command.OpenOnTime _ -> Transitions.openOnTime(groupBuy, moment);
            case Command.ChangeOrders _ -> Transitions.changeOrders(groupBuy, moment);
            case Command.CloseOnTime _ -> Transitions.closeOnTime(groupBuy, moment);
            case Command.CloseByHand _ -> Transitions.closeByHand(groupBuy, moment);
            case Command.Decide(var outcome) -> Transitions.decide(groupBuy, outcome);
            case Command.Advance(var stage) -> Transitions.advance(groupBuy, stage);
            case Command.TellDelivery _ -> Transitions.tellDelivery(groupBuy);
            case Command.Cancel(var reason) -> Transitions.cancel(groupBuy, reason, moment);
            case Command.Lead lead -> Transitions.lead(groupBuy, lead);
        };
    }
}
