package io.linli.groupbuy.delivery;

import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.ordering.ShortenedOrder;
import io.linli.groupbuy.ordering.ShortenedOrder.ShortenedLine;
import io.linli.groupbuy.settlement.LowerShares.TooMuch;
import io.linli.groupbuy.settlement.Refund;
import io.linli.groupbuy.settlement.Refund.Reason;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The money of a delivery: what households get back for what did not come or cannot be handed out, at the price it has
/// in the end, and what of the fee and of the fund's share was taken of that. Its keys name the runs that were made for
/// it. *Units:* fen.
record DeliveryMoney(Terms terms, List<AllocationRun> made, List<ShortenedOrder> shortened) {

    List<Refund> toRefunds() {
        return shortened.stream()
                .flatMap(order -> order.lines().stream()
                        .flatMap(line -> Stream.of(
                                toRefund(order, line, line.missing(), Reason.SHORT),
                                toRefund(order, line, line.damaged(), Reason.DAMAGED))))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private @Nullable Refund toRefund(ShortenedOrder shortened, ShortenedLine line, int quantity, Reason reason) {
        var fen = quantity * line.priceFen();
        if (fen == 0) {
            return null;
        }
        var order = shortened.order();
        var item = line.line().itemId();
        var run = made.stream()
                .filter(one -> one.head().item().equals(item))
                .mapToInt(one -> one.head().run())
                .sum();
        return new Refund(
                "delivery:" + run + ":" + reason.word() + ":" + order.id() + ":" + item,
                order.community(),
                order.groupBuyId(),
                order.id(),
                order.buyer().household(),
                item,
                quantity,
                fen,
                reason);
    }

    /// The fee and the fund's share are those of what the orders cost in the end; the courier's run stays what it was.
    TooMuch toTooMuch() {
        var first = made.getFirst().head();
        return new TooMuch(
                terms.community(),
                terms.id(),
                terms.supplierId(),
                first.item() + ":" + first.run(),
                tooMuch(terms.conditions().fee()::of),
                tooMuch(terms.conditions()::fundOf));
    }

    private long tooMuch(LongUnaryOperator part) {
        return shortened.stream()
                .mapToLong(order -> part.applyAsLong(order.order().amountFen())
                        - part.applyAsLong(order.order().amountFen() - order.lessFen()))
                .reduce(0, Math::addExact);
    }
}
