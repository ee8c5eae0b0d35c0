package io.linli.groupbuy.delivery;

import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.ordering.ShortenedOrder;
import io.linli.groupbuy.ordering.ShortenedOrder.ShortenedLine;
import io.linli.groupbuy.settlement.LowerFee.TooMuch;
import io.linli.groupbuy.settlement.Refund;
import io.linli.groupbuy.settlement.Refund.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The money of a delivery: what households get back for what did not come or cannot be handed out, at the price it has
/// in the end, and what of the fee was taken of that. Its keys name the runs that were made for it. *Units:* fen.
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

    /// The fee is that of what the orders cost in the end.
    TooMuch toFee() {
        var fee = terms.conditions().fee();
        var less = shortened.stream()
                .mapToLong(order ->
                        fee.of(order.order().amountFen()) - fee.of(order.order().amountFen() - order.lessFen()))
                .reduce(0, Math::addExact);
        var first = made.getFirst().head();
        return new TooMuch(terms.community(), terms.id(), terms.supplierId(), first.item() + ":" + first.run(), less);
    }
}
