package io.linli.groupbuy.closing;

import io.linli.groupbuy.lifecycle.ChangeGroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Cancel;
import io.linli.groupbuy.ordering.DecideOrders;
import io.linli.groupbuy.ordering.Order;
import io.linli.groupbuy.ordering.desk.EmptyWaitlist;
import io.linli.groupbuy.payment.RefundCancelled;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Membership;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Calls a group buy off before it is decided, inside the caller's transaction, which holds it: all its orders are
/// cancelled, nobody waits any more, stock and limits are free again and every payment goes back.
@Service
class CancelGroupBuy {
    private final ChangeGroupBuy changeGroupBuy;
    private final DecideOrders decideOrders;
    private final EmptyWaitlist emptyWaitlist;
    private final RefundCancelled refundCancelled;
    private final Outbox outbox;

    CancelGroupBuy(
            ChangeGroupBuy changeGroupBuy,
            DecideOrders decideOrders,
            EmptyWaitlist emptyWaitlist,
            RefundCancelled refundCancelled,
            Outbox outbox) {
        this.changeGroupBuy = changeGroupBuy;
        this.decideOrders = decideOrders;
        this.emptyWaitlist = emptyWaitlist;
        this.refundCancelled = refundCancelled;
        this.outbox = outbox;
    }

    record Command(UUID groupBuy, Membership by, String reason) {}

    /// *Units:* fen.
    record CalledOff(GroupBuy groupBuy, List<Order> orders, long refundedFen) {}

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 409 `already-decided` or `group-buy-cancelled`.
    Mono<CalledOff> handle(Command command, Instant now) {
        return changeGroupBuy
                .hold(command.groupBuy(), command.by())
                .flatMap(held -> changeGroupBuy.handle(held, new Cancel(command.reason()), now))
                .flatMap(cancelled -> decideOrders
                        .cancelAll(cancelled.terms())
                        .flatMap(orders -> end(cancelled, orders, command.reason(), now)));
    }

    private Mono<CalledOff> end(GroupBuy cancelled, List<Order> orders, String reason, Instant now) {
        return emptyWaitlist
                .handle(cancelled.terms().id())
                .flatMap(waiting -> outbox.publish(GroupBuyEvent.cancelled(cancelled.terms(), reason, orders, waiting)))
                .then(refundCancelled.handle(orders, now))
                .map(refunded -> new CalledOff(cancelled, orders, refunded));
    }
}
