package io.linli.groupbuy.closing;

import io.linli.groupbuy.api.Cancellation;
import io.linli.groupbuy.api.CancelledGroupBuy;
import io.linli.groupbuy.api.ClosedGroupBuy;
import io.linli.groupbuy.api.ClosingApi;
import io.linli.groupbuy.api.GroupBuyState;
import io.linli.groupbuy.closing.CancelGroupBuy.CalledOff;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy.Cancelled;
import io.linli.groupbuy.lifecycle.GroupBuy.Closed;
import io.linli.groupbuy.lifecycle.GroupBuy.Decided;
import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ClosingController implements ClosingApi {
    private final CloseGroupBuy closeGroupBuy;
    private final CancelGroupBuy cancelGroupBuy;
    private final Writes writes;
    private final Clock clock;

    ClosingController(CloseGroupBuy closeGroupBuy, CancelGroupBuy cancelGroupBuy, Writes writes, Clock clock) {
        this.closeGroupBuy = closeGroupBuy;
        this.cancelGroupBuy = cancelGroupBuy;
        this.writes = writes;
        this.clock = clock;
    }

    @Override
    public Mono<ClosedGroupBuy> closeGroupBuy(
            UUID community, UUID groupBuy, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(closer -> writes.once(
                        exchange,
                        community,
                        "",
                        ClosedGroupBuy.class,
                        () -> closeGroupBuy
                                .byHand(groupBuy, closer, clock.instant())
                                .map(ClosingController::toClosed)));
    }

    @Override
    public Mono<ClosedGroupBuy> decideGroupBuy(
            UUID community, UUID groupBuy, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(closer -> writes.once(
                        exchange,
                        community,
                        "",
                        ClosedGroupBuy.class,
                        () -> closeGroupBuy
                                .decideByHand(groupBuy, closer, clock.instant())
                                .map(ClosingController::toClosed)));
    }

    private record Asked(Membership by, Cancellation body) {}

    @Override
    public Mono<CancelledGroupBuy> cancelGroupBuy(
            UUID community, UUID groupBuy, Mono<Cancellation> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(by -> body.map(why -> new Asked(by, why)))
                .flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked.body(),
                        CancelledGroupBuy.class,
                        () -> cancelGroupBuy
                                .handle(toCommand(groupBuy, asked), clock.instant())
                                .map(ClosingController::toCancelled)));
    }

    private static CancelGroupBuy.Command toCommand(UUID groupBuy, Asked asked) {
        return new CancelGroupBuy.Command(groupBuy, asked.by(), asked.body().getReason());
    }

    private static CancelledGroupBuy toCancelled(CalledOff calledOff) {
        return new CancelledGroupBuy(
                calledOff.groupBuy().terms().id(),
                GroupBuyState.CANCELLED,
                calledOff.orders().size(),
                calledOff.refundedFen());
    }

    private static ClosedGroupBuy toClosed(GroupBuy groupBuy) {
        var terms = groupBuy.terms();
        return switch (groupBuy) {
            case Closed closed ->
                new ClosedGroupBuy(terms.id(), GroupBuyState.CLOSED, closed.closedAt(), terms.minParticipants());
            case Failed failed -> toClosed(failed, GroupBuyState.FAILED);
            case Decided formed -> toClosed(formed, GroupBuyState.FORMED);
            case Draft _, Scheduled _, Open _, Cancelled _ ->
                throw new IllegalStateException("a closed group buy is formed, failed or waits, not " + groupBuy);
        };
    }

    private static ClosedGroupBuy toClosed(Decided decided, GroupBuyState state) {
        var terms = decided.terms();
        var outcome = decided.outcome();
        return new ClosedGroupBuy(terms.id(), state, decided.closedAt(), terms.minParticipants())
                .participants(outcome.participants())
                .amountFen(outcome.amountFen())
                .cases(outcome.cases());
    }
}
