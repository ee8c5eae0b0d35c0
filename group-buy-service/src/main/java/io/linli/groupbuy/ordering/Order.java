package io.linli.groupbuy.ordering;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one household ordered in a group buy at one time: its states and what can happen to it.
///
/// *Units:* fen, grams, instants to the microsecond as in the database. A line keeps the name, price and weight of the
/// moment it was placed.
public record Order(
        UUID id,
        UUID community,
        UUID groupBuyId,
        Buyer buyer,
        int serialNumber,
        State state,
        Payment payment,
        boolean doorstep,
        List<Line> lines,
        Instant placedAt) {

    public Order {
        placedAt = placedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /// Whose order it is: the household that receives it, the member who placed it, and the name others may see;
    /// `onBehalf` when that member is not of that household.
    public record Buyer(UUID household, UUID member, String displayName, boolean onBehalf) {}

    /// Whether money is awaited, and until when its stock is held for that.
    public record Payment(PaymentState state, @Nullable Instant payBy) {
        public static final Payment NOT_AWAITED = new Payment(PaymentState.NOT_AWAITED, null);

        public Payment {
            if (state == PaymentState.AWAITING && payBy == null) {
                throw new IllegalArgumentException("a payment is awaited until some time");
            }
        }
    }

    /// What a payment can be.
    public enum PaymentState {
        NOT_AWAITED,
        AWAITING,
        PAID
    }

    /// So many of one item.
    ///
    /// @param allocated what the household gets of it, null until that is decided
    /// @param priceFen what one cost when it was ordered
    /// @param finalPriceFen what one costs in the end, null until that is decided
    public record Line(
            UUID itemId,
            String name,
            int quantity,
            @Nullable Integer allocated,
            long priceFen,
            @Nullable Long finalPriceFen,
            int weightGrams) {
        public Line {
            if (quantity < 1) {
                throw new IllegalArgumentException("a line orders at least one");
            }
        }

        /// A line whose price is not decided.
        public Line(
                UUID itemId, String name, int quantity, @Nullable Integer allocated, long priceFen, int weightGrams) {
            this(itemId, name, quantity, allocated, priceFen, null, weightGrams);
        }

        public Line with(int other) {
            return new Line(itemId, name, other, allocated, priceFen, finalPriceFen, weightGrams);
        }

        /// What one costs as far as is known.
        public long costFen() {
            return finalPriceFen == null ? priceFen : finalPriceFen;
        }

        /// What is to be delivered as far as is known.
        public int granted() {
            return allocated == null ? quantity : allocated;
        }
    }

    /// The states of an order; the last three are final.
    public enum State {
        PLACED,
        CONFIRMED,
        COMPLETED,
        CANCELLED,
        FAILED;

        boolean canBecome(State next) {
            return switch (this) {
                case PLACED -> next == CONFIRMED || next == CANCELLED || next == FAILED;
                case CONFIRMED -> next == COMPLETED || next == FAILED;
                case COMPLETED, CANCELLED, FAILED -> false;
            };
        }
    }

    /// What can happen to an order.
    public enum Step {
        CANCEL,
        GROUP_BUY_FORMED,
        GROUP_BUY_FAILED,
        PARCEL_RECEIVED,
        PARCEL_FAILED,
        /// Nothing that is granted to it came.
        NOTHING_CAME
    }

    /// Why a step is refused.
    public enum Reason {
        /// The group buy is not formed yet, so nothing of this order can be on its way.
        NOT_CONFIRMED,
        ALREADY_CANCELLED,
        /// It is confirmed or final: what was decided stays.
        DECIDED
    }

    /// What comes of a step.
    public sealed interface Decision {
        /// It moves on to `next`.
        record Moved(State next) implements Decision {}

        /// It stays what it is.
        record Refused(Reason reason) implements Decision {}
    }

    public static Decision decide(State state, Step step) {
        var next = switch (step) {
            case CANCEL -> state == State.PLACED ? State.CANCELLED : state;
            case GROUP_BUY_FORMED -> State.CONFIRMED;
            case GROUP_BUY_FAILED -> state == State.PLACED ? State.FAILED : state;
            case PARCEL_RECEIVED -> State.COMPLETED;
            case PARCEL_FAILED, NOTHING_CAME -> state == State.PLACED ? state : State.FAILED;
        };
        return state.canBecome(next) ? new Decision.Moved(next) : new Decision.Refused(reason(state, step));
    }

    private static Reason reason(State state, Step step) {
        return switch (state) {
            case PLACED -> Reason.NOT_CONFIRMED;
            case CANCELLED -> step == Step.CANCEL ? Reason.ALREADY_CANCELLED : Reason.DECIDED;
            case CONFIRMED, COMPLETED, FAILED -> Reason.DECIDED;
        };
    }

    public long amountFen() {
        return lines.stream().mapToLong(line -> line.granted() * line.costFen()).sum();
    }

    public long weightGrams() {
        return lines.stream()
                .mapToLong(line -> (long) line.granted() * line.weightGrams())
                .sum();
    }

    public Map<UUID, Integer> quantities() {
        return lines.stream().collect(Collectors.toMap(Line::itemId, Line::quantity));
    }

    /// How much more of each item this order has than it had before; items without a difference are absent.
    public Map<UUID, Integer> differenceTo(Order before) {
        var differences = new LinkedHashMap<>(quantities());
        before.quantities().forEach((item, quantity) -> differences.merge(item, -quantity, Integer::sum));
        differences.values().removeIf(difference -> difference == 0);
        return differences;
    }

    /// Whether its stock is only held until a payment comes.
    public boolean isUnpaid() {
        return state == State.PLACED && payment.state() == PaymentState.AWAITING;
    }

    public Order with(List<Line> ordered) {
        return new Order(
                id,
                community,
                groupBuyId,
                buyer,
                serialNumber,
                state,
                payment,
                doorstep,
                List.copyOf(ordered),
                placedAt);
    }

    public Order awaiting(Payment next) {
        return new Order(id, community, groupBuyId, buyer, serialNumber, state, next, doorstep, lines, placedAt);
    }

    public Order in(State next) {
        return new Order(id, community, groupBuyId, buyer, serialNumber, next, payment, doorstep, lines, placedAt);
    }
}
