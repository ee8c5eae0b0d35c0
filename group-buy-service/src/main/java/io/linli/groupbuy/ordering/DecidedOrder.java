package io.linli.groupbuy.ordering;

import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.State;
import java.util.List;
import java.util.function.Function;

/// An order as the close of its group buy left it: what it gets of each line, and at which price. *Units:* fen, grams.
public record DecidedOrder(Order order, List<DecidedLine> lines) {

    /// @param priceFen what one costs in the end, never more than was paid for it
    public record DecidedLine(Line line, int granted, long priceFen) {
        public DecidedLine {
            if (granted < 0 || granted > line.quantity() || priceFen > line.priceFen()) {
                throw new IllegalArgumentException("a line gets at most what it ordered, at most at its price");
            }
        }

        /// What is missing of what was ordered.
        public int missing() {
            return line.quantity() - granted;
        }

        /// What is given back for the missing ones, at the price they were ordered at.
        public long shortFen() {
            return missing() * line.priceFen();
        }

        /// What is given back for the granted ones, because they became cheaper.
        public long cheaperFen() {
            return granted * (line.priceFen() - priceFen);
        }
    }

    public static DecidedOrder of(Order order, Function<Line, DecidedLine> decide) {
        return new DecidedOrder(order, order.lines().stream().map(decide).toList());
    }

    public State state() {
        return granted() > 0 ? State.CONFIRMED : State.FAILED;
    }

    public long granted() {
        return lines.stream().mapToLong(DecidedLine::granted).sum();
    }

    public long missing() {
        return lines.stream().mapToLong(DecidedLine::missing).sum();
    }

    /// What was ordered, at the price it was ordered at.
    public long orderedFen() {
        return lines.stream()
                .mapToLong(line -> line.line().quantity() * line.line().priceFen())
                .reduce(0, Math::addExact);
    }

    /// What is granted, at the price it was ordered at.
    public long paidFen() {
        return lines.stream()
                .mapToLong(line -> line.granted() * line.line().priceFen())
                .reduce(0, Math::addExact);
    }

    /// What it costs in the end.
    public long amountFen() {
        return lines.stream()
                .mapToLong(line -> line.granted() * line.priceFen())
                .reduce(0, Math::addExact);
    }

    public long weightGrams() {
        return lines.stream()
                .mapToLong(line -> (long) line.granted() * line.line().weightGrams())
                .sum();
    }
}
