package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuy.Command;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision;
import io.linli.kit.web.Problem;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Holds one group buy still and moves it on, inside the caller's transaction.
@Service
public class ChangeGroupBuy {
    private final GroupBuys groupBuys;

    ChangeGroupBuy(GroupBuys groupBuys) {
        this.groupBuys = groupBuys;
    }

    /// The group buy, locked until the transaction ends. *Errors:* 404 `group-buy-unknown`.
    public Mono<GroupBuy> hold(UUID id) {
        return groupBuys.lock(id).switchIfEmpty(FindGroupBuy.unknown());
    }

    /// The group buy, locked, or empty when somebody else is changing it just now.
    public Mono<GroupBuy> holdIfFree(UUID id) {
        return groupBuys.lockIfFree(id);
    }

    /// Decides and stores. *Errors:* 409 with the reason when the held group buy does not accept the command.
    public Mono<GroupBuy> handle(GroupBuy held, Command command, Instant now) {
        return switch (GroupBuy.decide(held, command, now)) {
            case Decision.Accepted(var next) when next.equals(held) -> Mono.just(held);
            case Decision.Accepted(var next) -> groupBuys.update(held, next);
            case Decision.Rejected(var reason) -> Mono.error(toProblem(reason, held));
        };
    }

    private static Problem toProblem(GroupBuy.Reason reason, GroupBuy held) {
        return switch (reason) {
            case NOT_OPEN_YET ->
                Problem.of(HttpStatus.CONFLICT, "not-open-yet", held.terms().opensAt());
            case WINDOW_CLOSED -> Problem.of(HttpStatus.CONFLICT, "window-closed");
            case ALREADY_OPEN -> Problem.of(HttpStatus.CONFLICT, "already-open");
            case ALREADY_CLOSED -> Problem.of(HttpStatus.CONFLICT, "already-closed");
            case NOT_DUE -> Problem.of(HttpStatus.CONFLICT, "not-due");
        };
    }
}
