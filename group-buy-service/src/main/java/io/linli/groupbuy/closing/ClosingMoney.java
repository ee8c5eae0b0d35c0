package io.linli.groupbuy.closing;

import io.linli.groupbuy.lifecycle.Conditions;
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
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The money of a group buy's end: what orders are charged as they were ordered, and what of it goes back at once.
/// *Units:* fen.
final class ClosingMoney {
    private ClosingMoney() {}

    /// The fee and the fund's share are taken of what the orders cost in the end, order by order; the courier's is what
    /// was agreed for the run, or what is left.
    static FormedCharges toCharges(Terms terms, List<DecidedOrder> decided, Instant now) {
        var charges = decided.stream()
                .map(order -> new OrderCharge(
                        order.order().id(), order.order().buyer().household(), order.orderedFen()))
                .toList();
        return new FormedCharges(
                terms.community(),
                terms.id(),
                terms.supplierId(),
                terms.leaderId(),
                charges,
                toShares(terms.conditions(), decided),
                now);
    }

    private static Shares toShares(Conditions conditions, List<DecidedOrder> decided) {
        var cost = sum(decided, amountFen -> amountFen);
        var fee = sum(decided, conditions.fee()::of);
        var fund = sum(decided, conditions::fundOf);
        return new Shares(fee, fund, Math.min(conditions.shares().courierFen(), cost - fee - fund));
    }

    private static long sum(List<DecidedOrder> decided, LongUnaryOperator part) {
        return decided.stream().mapToLong(DecidedOrder::amountFen).map(part).reduce(0, Math::addExact);
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
