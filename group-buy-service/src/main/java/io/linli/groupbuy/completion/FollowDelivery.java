package io.linli.groupbuy.completion;

import io.linli.groupbuy.lifecycle.ChangeGroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Advance;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision;
import io.linli.groupbuy.lifecycle.GroupBuy.Reason;
import io.linli.groupbuy.lifecycle.Stage;
import io.linli.groupbuy.ordering.AdvanceOrders;
import io.linli.groupbuy.ordering.FindFinished;
import io.linli.groupbuy.ordering.Order.Step;
import io.linli.kit.messaging.ComesEarly;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Moves group buys on with their delivery, inside the caller's transaction. They only move forward, whatever is heard
/// late, twice or in another order.
@Service
public class FollowDelivery {
    private static final Logger log = LoggerFactory.getLogger(FollowDelivery.class);

    private final ChangeGroupBuy changeGroupBuy;
    private final AdvanceOrders advanceOrders;
    private final FindFinished findFinished;
    private final Clock clock;

    FollowDelivery(ChangeGroupBuy changeGroupBuy, AdvanceOrders advanceOrders, FindFinished findFinished, Clock clock) {
        this.changeGroupBuy = changeGroupBuy;
        this.advanceOrders = advanceOrders;
        this.findFinished = findFinished;
        this.clock = clock;
    }

    /// *Errors:* `ComesEarly` when the group buy is not formed yet.
    Mono<Void> advance(UUID groupBuy, Stage stage) {
        return changeGroupBuy.hold(groupBuy).flatMap(held -> advance(held, stage));
    }

    /// Ends orders, and their group buys with the last of them. The group buys are held first, so that of two who end
    /// the last two orders one sees both.
    /// *Errors:* those of [AdvanceOrders].
    Mono<Void> end(Set<UUID> orders, Step step) {
        return findFinished
                .groupBuysOf(orders)
                .flatMapMany(Flux::fromIterable)
                .concatMap(changeGroupBuy::hold)
                .collectList()
                .flatMap(held -> advanceOrders
                        .handle(orders, step)
                        .thenMany(Flux.fromIterable(held).concatMap(this::settleWhenFinal))
                        .then());
    }

    /// A held group buy is settled with the last of its orders.
    public Mono<Void> settleWhenFinal(GroupBuy held) {
        return findFinished
                .areFinal(held.terms().id())
                .flatMap(all -> all ? advance(held, Stage.SETTLED) : Mono.empty());
    }

    private Mono<Void> advance(GroupBuy held, Stage stage) {
        var command = new Advance(stage);
        return switch (GroupBuy.decide(held, command, clock.instant())) {
            case Decision.Accepted _ ->
                changeGroupBuy.handle(held, command, clock.instant()).then();
            case Decision.Rejected(var reason)
            when reason == Reason.NOT_FORMED ->
                Mono.error(new ComesEarly("group buy " + held.terms().id() + " to be formed"));
            case Decision.Rejected(var reason) -> stay(held, stage, reason);
        };
    }

    private static Mono<Void> stay(GroupBuy held, Stage stage, Reason reason) {
        log.info("group buy {} does not become {}: {}", held.terms().id(), stage, reason);
        return Mono.empty();
    }
}
