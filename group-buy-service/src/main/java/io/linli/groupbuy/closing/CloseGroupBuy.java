package io.linli.groupbuy.closing;

import io.linli.groupbuy.lifecycle.ChangeGroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy.Command;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Formed;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.groupbuy.ordering.SettleOrders;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.time.Instant;
import java.util.UUID;
import java.util.function.IntFunction;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Ends a group buy with all its orders, inside the caller's transaction. The group buy is held meanwhile, so every
/// order is either counted or refused.
@Service
class CloseGroupBuy {
    private final ChangeGroupBuy changeGroupBuy;
    private final SettleOrders settleOrders;
    private final Outbox outbox;

    CloseGroupBuy(ChangeGroupBuy changeGroupBuy, SettleOrders settleOrders, Outbox outbox) {
        this.changeGroupBuy = changeGroupBuy;
        this.settleOrders = settleOrders;
        this.outbox = outbox;
    }

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 409 `not-open-yet`, 409 `already-closed`.
    Mono<GroupBuy> byHand(UUID id, Membership closer, Instant now) {
        return changeGroupBuy
                .hold(id)
                .filter(held -> mayClose(held, closer))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.FORBIDDEN, "not-your-group-buy")))
                .flatMap(held -> close(held, Command.CloseByHand::new, now));
    }

    /// Does nothing when somebody else holds the group buy or has closed it already.
    Mono<Void> onTime(UUID id, Instant now) {
        return changeGroupBuy
                .holdIfFree(id)
                .filter(held ->
                        GroupBuy.decide(held, new Command.CloseOnTime(0), now) instanceof GroupBuy.Decision.Accepted)
                .flatMap(held -> close(held, Command.CloseOnTime::new, now))
                .then();
    }

    private Mono<GroupBuy> close(GroupBuy held, IntFunction<Command> command, Instant now) {
        return settleOrders
                .countParticipants(held.terms().id())
                .flatMap(participants -> changeGroupBuy.handle(held, command.apply(participants), now))
                .flatMap(this::settle);
    }

    private Mono<GroupBuy> settle(GroupBuy closed) {
        var terms = closed.terms();
        return switch (closed) {
            case Formed _ ->
                settleOrders
                        .confirm(terms.id())
                        .flatMap(orders -> outbox.publish(GroupBuyEvent.formed(terms, orders)))
                        .thenReturn(closed);
            case Failed _ ->
                settleOrders
                        .fail(terms.id())
                        .flatMap(orders -> outbox.publish(GroupBuyEvent.failed(terms, orders)))
                        .thenReturn(closed);
            case Scheduled _, Open _ -> Mono.error(new IllegalStateException("a closed group buy is formed or failed"));
        };
    }

    private static boolean mayClose(GroupBuy held, Membership closer) {
        return closer.hasAny("coordinator") || held.terms().leaderId().equals(closer.member());
    }
}
