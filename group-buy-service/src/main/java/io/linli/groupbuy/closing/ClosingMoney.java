package io.linli.groupbuy.closing;

import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.ordering.DecidedOrder;
import io.linli.groupbuy.ordering.DecidedOrder.DecidedLine;
import io.linli.groupbuy.settlement.FormedCharges;
import io.linli.groupbuy.settlement.FormedCharges.OrderCharge;
import io.linli.groupbuy.settlement.FormedCharges.Shares;
import io.linli.groupbuy.settlement.Refund;
import io.linli.groupbuy.settlement.Refund.Reason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The money of a group buy's end: what orders are charged as they were ordered, and what of it goes back at once.
/// *Units:* fen.
final class ClosingMoney {
    private ClosingMoney() {}

    /// The fee is taken of what the orders cost in the end, and never more than an order costs.
    static FormedCharges toCharges(Terms terms, List<DecidedOrder> decided, Instant now) {
        var charges = decided.stream()
                .map(order -> new OrderCharge(
                        order.order().id(), order.order().buyer().household(), order.orderedFen()))
                .toList();
        var fee = decided.stream()
                .mapToLong(DecidedOrder::amountFen)
                .map(terms.conditions().fee()::of)
                .reduce(0, Math::addExact);
        return new FormedCharges(
                terms.community(),
                terms.id(),
                terms.supplierId(),
                terms.leaderId(),
                charges,
                new Shares(fee, 0, 0),
                now);
    }

    /// What was ordered and is not granted, and what was granted and became cheaper.
    static List<Refund> toRefunds(List<DecidedOrder> decided) {
        return decided.stream()
                .flatMap(order -> order.lines().stream()
                        .flatMap(line -> Stream.of(
                                toRefund(order, line, line.missing(), line.shortFen(), Reason.SHORT),
                                toRefund(order, line, line.granted(), line.cheaperFen(), Reason.TIER_DIFFERENCE))))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /// Everything, order by order.
    static List<Refund> toFailedRefunds(List<DecidedOrder> decided) {
        return decided.stream()
                .filter(order -> order.orderedFen() > 0)
                .map(order -> new Refund(
                        "failed:" + order.order().id(),
                        order.order().community(),
                        order.order().groupBuyId(),
                        order.order().id(),
                        order.order().buyer().household(),
                        null,
                        null,
                        order.orderedFen(),
                        Reason.FAILED))
                .toList();
    }

    private static @Nullable Refund toRefund(
            DecidedOrder decided, DecidedLine line, int quantity, long fen, Reason reason) {
        if (fen == 0) {
            return null;
        }
        var order = decided.order();
        var item = line.line().itemId();
        return new Refund(
                "close:" + reason.word() + ":" + order.id() + ":" + item,
                order.community(),
                order.groupBuyId(),
                order.id(),
                order.buyer().household(),
                item,
                quantity,
                fen,
                reason);
    }
}
