package io.linli.groupbuy.sheets;

import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A group buy for those who lead it, inside the caller's transaction.
@Component
public class LedGroupBuy {
    private final FindGroupBuy findGroupBuy;

    LedGroupBuy(FindGroupBuy findGroupBuy) {
        this.findGroupBuy = findGroupBuy;
    }

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`.
    public Mono<GroupBuy> get(UUID groupBuy, Membership reader) {
        return findGroupBuy.handle(groupBuy).doOnNext(found -> {
            if (!leads(found, reader)) {
                throw Problem.of(HttpStatus.FORBIDDEN, "not-your-group-buy");
            }
        });
    }

    static boolean leads(GroupBuy groupBuy, Membership reader) {
        return reader.hasAny("coordinator")
                || (reader.hasAny("leader") && groupBuy.terms().isLedBy(reader.member()));
    }
}
