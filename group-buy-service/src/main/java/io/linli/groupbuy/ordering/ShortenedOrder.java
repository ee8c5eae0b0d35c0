package io.linli.groupbuy.ordering;

import io.linli.groupbuy.allocation.AllocationRun.Occasion;
import io.linli.groupbuy.ordering.Order.Decision;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.Order.Step;
import java.util.List;

/// An order that gets less than it was to get, at the close or because less came. *Units:* fen, grams.
///
/// @param lines what it loses of a line; nothing of a line that is absent
public record ShortenedOrder(Order order, Occasion occasion, List<ShortenedLine> lines) {

    /// @param quantity what was to come
    /// @param missing what of it is not there
    /// @param damaged what of it came, but cannot be handed out
    /// @param priceFen what one of them is given back with
    public record ShortenedLine(Line line, int quantity, int missing, int damaged, long priceFen) {
        public ShortenedLine {
            if (missing < 0 || damaged < 0 || missing + damaged > quantity) {
                throw new IllegalArgumentException("no more is lost than was to come");
            }
        }

        /// What a decided line loses, at the price it has in the end.
        public static ShortenedLine atDelivery(Line line, int missing, int damaged) {
            return new ShortenedLine(line, line.granted(), missing, damaged, line.costFen());
        }

        public int less() {
            return missing + damaged;
        }

        public int granted() {
            return quantity - less();
        }
    }

    static ShortenedOrder atClose(DecidedOrder decided) {
        var lines = decided.lines().stream()
                .map(line -> new ShortenedLine(
                        line.line(),
                        line.line().quantity(),
                        line.missing(),
                        0,
                        line.line().priceFen()))
                .toList();
        return new ShortenedOrder(decided.order(), Occasion.CLOSE, lines);
    }

    /// What is given back for it.
    public long lessFen() {
        return lines.stream().mapToLong(line -> line.less() * line.priceFen()).reduce(0, Math::addExact);
    }

    long lessGrams() {
        return lines.stream()
                .mapToLong(line -> (long) line.less() * line.line().weightGrams())
                .sum();
    }

    /// What becomes of it: it stays what it is while anything of it is left. Refused when it is decided otherwise.
    public Decision decide() {
        var failing = Order.decide(order.state(), Step.NOTHING_CAME);
        return failing instanceof Decision.Moved && isLeft() ? new Decision.Moved(order.state()) : failing;
    }

    State next() {
        return switch (decide()) {
            case Decision.Moved(var next) -> next;
            case Decision.Refused(var reason) ->
                throw new IllegalStateException("order " + order.id() + " is not shortened: " + reason);
        };
    }

    private boolean isLeft() {
        var granted = order.lines().stream().mapToInt(Line::granted).sum();
        return granted > lines.stream().mapToInt(ShortenedLine::less).sum();
    }
}
