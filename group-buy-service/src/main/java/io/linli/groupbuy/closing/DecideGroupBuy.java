package io.linli.groupbuy.closing;

import io.linli.groupbuy.allocation.Allocate;
import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.lifecycle.ChangeGroupBuy;
import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy.Closed;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Decide;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.OfferedGroupBuy;
import io.linli.groupbuy.ordering.DecideOrders;
import io.linli.groupbuy.ordering.PlacedOrders;
import io.linli.groupbuy.settlement.ChargeOrders;
import io.linli.groupbuy.settlement.RefundLines;
import io.linli.kit.messaging.Outbox;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Decides what a closed group buy comes to, inside the caller's transaction, which holds it: unpaid orders are
/// cancelled, whole cases are shared out, and it is formed or failed with all its orders, money and news.
@Service
class DecideGroupBuy {
    private final ChangeGroupBuy changeGroupBuy;
    private final FindGroupBuy findGroupBuy;
    private final DecideOrders decideOrders;
    private final Allocate allocate;
    private final ChargeOrders chargeOrders;
    private final RefundLines refundLines;
    private final Outbox outbox;

    DecideGroupBuy(
            ChangeGroupBuy changeGroupBuy,
            FindGroupBuy findGroupBuy,
            DecideOrders decideOrders,
            Allocate allocate,
            ChargeOrders chargeOrders,
            RefundLines refundLines,
            Outbox outbox) {
        this.changeGroupBuy = changeGroupBuy;
        this.findGroupBuy = findGroupBuy;
        this.decideOrders = decideOrders;
        this.allocate = allocate;
        this.chargeOrders = chargeOrders;
        this.refundLines = refundLines;
        this.outbox = outbox;
    }

    private record Ordered(OfferedGroupBuy offered, PlacedOrders placed) {}

    private record Allocated(Closing closing, List<AllocationRun> runs) {}

    Mono<GroupBuy> handle(Closed closed, Instant now) {
        var terms = closed.terms();
        return decideOrders
                .cancelUnpaid(terms)
                .then(Mono.defer(() -> findOrdered(closed)))
                .flatMap(ordered -> allocate(ordered, now))
                .flatMap(allocated -> decide(closed, allocated, now));
    }

    private Mono<Ordered> findOrdered(Closed closed) {
        var id = closed.terms().id();
        return findGroupBuy
                .withItems(id)
                .flatMap(offered -> decideOrders.listPlaced(id).map(placed -> new Ordered(offered, placed)));
    }

    private Mono<Allocated> allocate(Ordered ordered, Instant now) {
        var terms = ordered.offered().groupBuy().terms();
        var shares = Closing.toShares(ordered.offered(), ordered.placed());
        var close = new Allocate.Close(
                terms.community(), terms.id(), terms.conditions().policy(), shares);
        return allocate.atClose(close, now)
                .map(runs -> new Allocated(Closing.of(ordered.offered(), ordered.placed(), runs), runs));
    }

    private Mono<GroupBuy> decide(Closed closed, Allocated allocated, Instant now) {
        var closing = allocated.closing();
        return changeGroupBuy
                .handle(closed, new Decide(closing.outcome()), now)
                .flatMap(decided -> (decided instanceof Failed ? fail(closing, now) : form(closing, allocated, now))
                        .thenReturn(decided));
    }

    private Mono<Void> form(Closing closing, Allocated allocated, Instant now) {
        var terms = closing.terms();
        var decided = closing.formed();
        return allocate.keep(terms.community(), allocated.runs())
                .then(decideOrders.form(decided, terms.title()))
                .then(chargeOrders.handle(ClosingMoney.toCharges(terms, decided, now)))
                .then(refundLines.handle(ClosingMoney.toRefunds(decided), now))
                .then(outbox.publish(GroupBuyEvent.formed(terms, decided)));
    }

    private Mono<Void> fail(Closing closing, Instant now) {
        var decided = closing.failed();
        return decideOrders
                .fail(decided)
                .then(refundLines.handle(ClosingMoney.toFailedRefunds(decided), now))
                .then(outbox.publish(GroupBuyEvent.failed(closing.terms(), decided)));
    }
}
