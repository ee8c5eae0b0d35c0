package io.linli.groupbuy.lifecycle;

import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Who leads a group buy: asked here and nowhere else. Its leader and its co-leaders do, whatever their roles in the
/// community are, so that one who was handed a group buy can bring it to its end; coordinators may do the same.
/// Reads inside the caller's transaction. *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`.
@Component
public class LedGroupBuy {
    private final FindGroupBuy findGroupBuy;

    LedGroupBuy(FindGroupBuy findGroupBuy) {
        this.findGroupBuy = findGroupBuy;
    }

    /// A group buy for those who lead it and coordinators.
    public Mono<GroupBuy> get(UUID groupBuy, Membership reader) {
        return findGroupBuy.handle(groupBuy).map(found -> require(found, reader));
    }

    /// A group buy for those who hold its cash: a coordinator does not stand in for them.
    public Mono<GroupBuy> getForCash(UUID groupBuy, Membership collector) {
        return findGroupBuy
                .handle(groupBuy)
                .filter(found -> found.terms().isLedBy(collector.member()))
                .switchIfEmpty(Mono.error(LedGroupBuy::notYours));
    }

    public static boolean mayLead(GroupBuy groupBuy, Membership member) {
        return member.hasAny("coordinator") || groupBuy.terms().isLedBy(member.member());
    }

    static GroupBuy require(GroupBuy groupBuy, Membership member) {
        if (!mayLead(groupBuy, member)) {
            throw notYours();
        }
        return groupBuy;
    }

    private static Problem notYours() {
        return Problem.of(HttpStatus.FORBIDDEN, "not-your-group-buy");
    }
}
