package io.linli.groupbuy.ordering;

import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.SellItems.Offer;
import io.linli.kit.data.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What one household ordered in a group buy at one time: its states, what can happen to it, and when it is granted.
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
        boolean doorstep,
        List<Line> lines,
        Instant placedAt) {

    public Order {
        placedAt = placedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /// Whose order it is: the household that receives it, the member who placed it, and the name others may see.
    public record Buyer(UUID household, UUID member, String displayName) {}

    /// So many of one item.
    public record Line(UUID itemId, String name, int quantity, long priceFen, int weightGrams) {
        public Line {
            if (quantity < 1) {
                throw new IllegalArgumentException("a line orders at least one");
            }
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
        PARCEL_FAILED
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

    static Decision decide(State state, Step step) {
        var next = switch (step) {
            case CANCEL -> state == State.PLACED ? State.CANCELLED : state;
            case GROUP_BUY_FORMED -> State.CONFIRMED;
            case GROUP_BUY_FAILED -> state == State.PLACED ? State.FAILED : state;
            case PARCEL_RECEIVED -> State.COMPLETED;
            case PARCEL_FAILED -> state == State.PLACED ? state : State.FAILED;
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

    /// What a household asks for, in the order it wrote it.
    public record Wish(Buyer buyer, boolean doorstep, List<WishedLine> lines) {}

    /// So many of one item, please.
    public record WishedLine(UUID itemId, int quantity) {}

    /// What comes of a wish: all of it or nothing.
    sealed interface Placement {
        record Granted(Order order) implements Placement {}

        record SoldOut(Item item) implements Placement {}

        /// The household may order `left` more of the item.
        record OverLimit(Item item, int left) implements Placement {}

        record ItemUnknown(UUID itemId) implements Placement {}

        record LineRepeated(Item item) implements Placement {}
    }

    /// Decides a wish against what the offer has left and what the household holds already (`taken`, by item id).
    static Placement place(Wish wish, Offer offer, Map<UUID, Integer> taken, Instant now) {
        var offered = offer.items().stream().collect(Collectors.toMap(Item::id, Function.identity()));
        var lines = new ArrayList<Line>();
        var seen = new HashSet<UUID>();
        for (var wished : wish.lines()) {
            var item = offered.get(wished.itemId());
            if (item == null) {
                return new Placement.ItemUnknown(wished.itemId());
            }
            if (!seen.add(item.id())) {
                return new Placement.LineRepeated(item);
            }
            var allowed = item.limitPerHousehold() - taken.getOrDefault(item.id(), 0);
            if (wished.quantity() > allowed) {
                return new Placement.OverLimit(item, Math.max(0, allowed));
            }
            if (wished.quantity() > item.left()) {
                return new Placement.SoldOut(item);
            }
            lines.add(new Line(item.id(), item.name(), wished.quantity(), item.priceFen(), item.weightGrams()));
        }
        return new Placement.Granted(new Order(
                Ids.next(),
                offer.terms().community(),
                offer.terms().id(),
                wish.buyer(),
                offer.nextSerial(),
                State.PLACED,
                wish.doorstep(),
                List.copyOf(lines),
                now));
    }

    public long amountFen() {
        return lines.stream()
                .mapToLong(line -> line.quantity() * line.priceFen())
                .sum();
    }

    public long weightGrams() {
        return lines.stream()
                .mapToLong(line -> (long) line.quantity() * line.weightGrams())
                .sum();
    }

    Map<UUID, Integer> quantities() {
        return lines.stream().collect(Collectors.toMap(Line::itemId, Line::quantity));
    }

    Order with(List<Line> ordered) {
        return new Order(
                id, community, groupBuyId, buyer, serialNumber, state, doorstep, List.copyOf(ordered), placedAt);
    }

    Order in(State next) {
        return new Order(id, community, groupBuyId, buyer, serialNumber, next, doorstep, lines, placedAt);
    }
}
