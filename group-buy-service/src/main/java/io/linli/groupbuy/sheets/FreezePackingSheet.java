package io.linli.groupbuy.sheets;

import io.linli.groupbuy.community.Community;
import io.linli.groupbuy.community.Door;
import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.groupbuy.ordering.OrdersToPack;
import io.linli.groupbuy.ordering.OrdersToPack.ToPack;
import io.linli.groupbuy.sheets.PackingSheets.Latest;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Freezes what is packed for whom, so that paper and database say the same. What changes afterwards is frozen as the
/// next version, and told by a slip.
@Service
class FreezePackingSheet {
    private static final Latest NONE = new Latest(0, null);

    private final LedGroupBuy ledGroupBuy;
    private final OrdersToPack ordersToPack;
    private final Community community;
    private final PackingSheets sheets;
    private final Transactions transactions;
    private final SheetSettings settings;
    private final Clock clock;

    FreezePackingSheet(
            LedGroupBuy ledGroupBuy,
            OrdersToPack ordersToPack,
            Community community,
            PackingSheets sheets,
            Transactions transactions,
            SheetSettings settings,
            Clock clock) {
        this.ledGroupBuy = ledGroupBuy;
        this.ordersToPack = ordersToPack;
        this.community = community;
        this.sheets = sheets;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /// Where the households of a group buy live. *Errors:* those of `handle` known so far, 503 `community-unavailable`.
    Mono<Map<UUID, Door>> findDoors(UUID groupBuy, Membership leader) {
        return transactions
                .in(leader.community(), () -> getFormed(groupBuy, leader).then(orders(groupBuy)))
                .map(FreezePackingSheet::households)
                .flatMap(households -> community.requestDoors(leader.community(), households))
                .map(doors -> doors.required());
    }

    private static Set<UUID> households(List<ToPack> orders) {
        return orders.stream().map(ToPack::household).collect(Collectors.toSet());
    }

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 409 `packing-too-early`, 409 `packing-unchanged`,
    /// 422 `packing-too-large`, 422 `packing-versions-max`.
    Mono<PackingSheets.Version> handle(UUID groupBuy, Membership leader, Map<UUID, Door> doors) {
        return getFormed(groupBuy, leader)
                .flatMap(formed -> sheets.lock(groupBuy)
                        .then(Mono.zip(
                                orders(groupBuy),
                                latest(groupBuy),
                                (orders, before) -> next(formed, orders, before, doors))))
                .flatMap(sheet -> sheets.insert(leader.community(), groupBuy, leader.member(), sheet));
    }

    private Mono<Latest> latest(UUID groupBuy) {
        return sheets.findLatest(groupBuy).defaultIfEmpty(NONE);
    }

    private PackingSheet next(GroupBuy formed, List<ToPack> orders, Latest before, Map<UUID, Door> doors) {
        var version = before.version() + 1;
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var sheet = PackingSheet.of(formed.terms().title(), version, now, orders, doors);
        if (before.sheet() != null && sheet.changesSince(before.sheet()).isEmpty()) {
            throw Problem.of(HttpStatus.CONFLICT, "packing-unchanged", before.version());
        }
        if (version > settings.versionsMax()) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "packing-versions-max", settings.versionsMax());
        }
        return sheet;
    }

    private Mono<List<ToPack>> orders(UUID groupBuy) {
        return ordersToPack.list(groupBuy, settings.ordersMax() + 1).doOnNext(orders -> {
            if (orders.size() > settings.ordersMax()) {
                throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "packing-too-large", settings.ordersMax());
            }
        });
    }

    private Mono<GroupBuy> getFormed(UUID groupBuy, Membership leader) {
        return ledGroupBuy.get(groupBuy, leader).doOnNext(found -> {
            if (!(found instanceof GroupBuy.Made)) {
                throw Problem.of(HttpStatus.CONFLICT, "packing-too-early");
            }
        });
    }
}
