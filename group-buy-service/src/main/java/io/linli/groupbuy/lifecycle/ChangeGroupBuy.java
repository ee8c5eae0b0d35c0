package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuy.Command;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision;
import io.linli.kit.web.Membership;
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

    /// The same for one of those who lead it, or a coordinator.
    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`.
    public Mono<GroupBuy> hold(UUID id, Membership by) {
        return hold(id).map(held -> LedGroupBuy.require(held, by));
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

    /// A refused command, as told to the caller.
    public static Problem toProblem(GroupBuy.Reason reason, GroupBuy held) {
        return switch (reason) {
            case VERSION_MISSING -> Problem.of(HttpStatus.PRECONDITION_REQUIRED, "version-required");
            case STALE_VERSION -> Problem.of(HttpStatus.PRECONDITION_FAILED, "stale-version");
            case NOT_PUBLISHED -> conflict("not-published");
            case ALREADY_PUBLISHED -> conflict("already-published");
            case NOT_OPEN_YET ->
                Problem.of(HttpStatus.CONFLICT, "not-open-yet", held.terms().opensAt());
            case ALREADY_OPEN -> conflict("already-open");
            case WINDOW_CLOSED -> conflict("window-closed");
            case NOT_DUE -> conflict("not-due");
            case NOT_CLOSED -> conflict("not-closed");
            case ALREADY_CLOSED -> conflict("already-closed");
            case ALREADY_DECIDED -> conflict("already-decided");
            case NOT_FORMED -> conflict("not-formed");
            case ALREADY_FURTHER -> conflict("already-further");
            case FAILED -> conflict("group-buy-failed");
            case CANCELLED -> conflict("group-buy-cancelled");
        };
    }

    private static Problem conflict(String slug) {
        return Problem.of(HttpStatus.CONFLICT, slug);
    }
}
