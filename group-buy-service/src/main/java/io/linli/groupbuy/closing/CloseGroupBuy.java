package io.linli.groupbuy.closing;

import io.linli.groupbuy.lifecycle.ChangeGroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy.Closed;
import io.linli.groupbuy.lifecycle.GroupBuy.Command;
import io.linli.groupbuy.lifecycle.GroupBuy.Outcome;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.ordering.DecideOrders;
import io.linli.groupbuy.ordering.desk.EmptyWaitlist;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Membership;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Closes a group buy, inside the caller's transaction, and decides it as soon as no payment is awaited. It is held
/// meanwhile, so every order is either counted or refused.
@Service
class CloseGroupBuy {
    private static final Outcome UNKNOWN = new Outcome(0, 0, 0);

    private final ChangeGroupBuy changeGroupBuy;
    private final DecideOrders decideOrders;
    private final DecideGroupBuy decideGroupBuy;
    private final EmptyWaitlist emptyWaitlist;
    private final Outbox outbox;

    CloseGroupBuy(
            ChangeGroupBuy changeGroupBuy,
            DecideOrders decideOrders,
            DecideGroupBuy decideGroupBuy,
            EmptyWaitlist emptyWaitlist,
            Outbox outbox) {
        this.changeGroupBuy = changeGroupBuy;
        this.decideOrders = decideOrders;
        this.decideGroupBuy = decideGroupBuy;
        this.emptyWaitlist = emptyWaitlist;
        this.outbox = outbox;
    }

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 409 with the reason in every state but open.
    Mono<GroupBuy> byHand(UUID id, Membership closer, Instant now) {
        return changeGroupBuy.hold(id, closer).flatMap(held -> close(held, new Command.CloseByHand(), now));
    }

    /// Does nothing when somebody else holds the group buy or has closed it already.
    Mono<Void> onTime(UUID id, Instant now) {
        var command = new Command.CloseOnTime();
        return changeGroupBuy
                .holdIfFree(id)
                .filter(held -> GroupBuy.decide(held, command, now) instanceof GroupBuy.Decision.Accepted)
                .flatMap(held -> close(held, command, now))
                .then();
    }

    private Mono<GroupBuy> close(GroupBuy held, Command command, Instant now) {
        return changeGroupBuy
                .handle(held, command, now)
                .flatMap(closed -> endWaitlist(closed.terms()).thenReturn(closed))
                .flatMap(closed -> decideIfNothingIsAwaited(closed, now));
    }

    /// From now on nothing comes back for those who wait, and they are told so.
    private Mono<Void> endWaitlist(Terms terms) {
        return emptyWaitlist
                .handle(terms.id())
                .filter(waiting -> !waiting.isEmpty())
                .flatMap(waiting -> outbox.publish(GroupBuyEvent.waitlistEnded(terms, waiting)));
    }

    /// Waits for no payment any more: what is unpaid is cancelled.
    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 409 with the reason in every state but closed.
    Mono<GroupBuy> decideByHand(UUID id, Membership closer, Instant now) {
        return changeGroupBuy
                .hold(id, closer)
                .flatMap(held -> held instanceof Closed closed
                        ? decideGroupBuy.handle(closed, now)
                        : changeGroupBuy.handle(held, new Command.Decide(UNKNOWN), now));
    }

    /// Does nothing when somebody else holds the group buy or has decided it already, or when payments may still come.
    Mono<Void> decideOnTime(UUID id, Instant now) {
        return changeGroupBuy
                .holdIfFree(id)
                .flatMap(held -> decideIfNothingIsAwaited(held, now))
                .then();
    }

    private Mono<GroupBuy> decideIfNothingIsAwaited(GroupBuy held, Instant now) {
        return held instanceof Closed closed
                ? decideOrders
                        .findAwaitedUntil(held.terms().id())
                        .filter(until -> until.isAfter(now))
                        .<GroupBuy>map(_ -> closed)
                        .switchIfEmpty(Mono.defer(() -> decideGroupBuy.handle(closed, now)))
                : Mono.just(held);
    }
}
