package io.linli.groupbuy.closing;

import io.linli.groupbuy.api.ClosedGroupBuy;
import io.linli.groupbuy.api.ClosingApi;
import io.linli.groupbuy.api.GroupBuyState;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Formed;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ClosingController implements ClosingApi {
    private final CloseGroupBuy closeGroupBuy;
    private final Writes writes;
    private final Clock clock;

    ClosingController(CloseGroupBuy closeGroupBuy, Writes writes, Clock clock) {
        this.closeGroupBuy = closeGroupBuy;
        this.writes = writes;
        this.clock = clock;
    }

    @Override
    public Mono<ClosedGroupBuy> closeGroupBuy(
            UUID community, UUID groupBuy, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "leader", "coordinator"))
                .flatMap(closer -> writes.once(
                        exchange,
                        community,
                        "",
                        ClosedGroupBuy.class,
                        () -> closeGroupBuy
                                .byHand(groupBuy, closer, clock.instant())
                                .map(ClosingController::toClosed)));
    }

    private static ClosedGroupBuy toClosed(GroupBuy groupBuy) {
        return switch (groupBuy) {
            case Formed formed -> toClosed(formed, GroupBuyState.FORMED, formed.closedAt(), formed.participants());
            case Failed failed -> toClosed(failed, GroupBuyState.FAILED, failed.closedAt(), failed.participants());
            case Scheduled _, Open _ -> throw new IllegalStateException("a closed group buy is formed or failed");
        };
    }

    private static ClosedGroupBuy toClosed(GroupBuy groupBuy, GroupBuyState state, Instant closedAt, int participants) {
        var terms = groupBuy.terms();
        return new ClosedGroupBuy(terms.id(), state, closedAt, participants, terms.minParticipants());
    }
}
