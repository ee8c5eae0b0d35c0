package io.linli.groupbuy.ordering;

import io.linli.groupbuy.ordering.OrderTimeline.Step;
import io.linli.groupbuy.settlement.ReadMoney;
import io.linli.groupbuy.settlement.RefundView;
import io.linli.kit.web.Membership;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// What happened to an order and to its money, oldest first, for who may see the order. Inside the caller's
/// transaction.
@Service
class ReadTimeline {
    private final ReadOrders readOrders;
    private final OrderTimeline timeline;
    private final ReadMoney readMoney;

    ReadTimeline(ReadOrders readOrders, OrderTimeline timeline, ReadMoney readMoney) {
        this.readOrders = readOrders;
        this.timeline = timeline;
        this.readMoney = readMoney;
    }

    /// *Errors:* 404 `order-unknown`, also when it is not for this reader.
    Mono<List<Step>> handle(UUID order, Membership reader) {
        return readOrders
                .get(order, reader)
                .flatMap(timeline::list)
                .flatMap(steps -> readMoney.ofOrder(order).map(money -> merge(steps, money.refunds())));
    }

    private static List<Step> merge(List<Step> steps, List<RefundView> refunds) {
        return Stream.concat(steps.stream(), refunds.stream().flatMap(ReadTimeline::toSteps))
                .sorted(Comparator.comparing(Step::at))
                .limit(OrderTimeline.MAX)
                .toList();
    }

    /// A refund of nothing moved no money.
    private static Stream<Step> toSteps(RefundView refund) {
        var fen = refund.paidBackFen();
        if (fen == 0) {
            return Stream.empty();
        }
        var asked = Step.ofMoney(refund.askedAt(), "refund-requested", fen);
        var paidBackAt = refund.paidBackAt();
        return paidBackAt == null ? Stream.of(asked) : Stream.of(asked, Step.ofMoney(paidBackAt, "refunded", fen));
    }
}
