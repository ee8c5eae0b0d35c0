package io.linli.groupbuy.ordering;

import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.ordering.OrderTotals.Totals;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Membership;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// How full group buys are, live. However many watch one, it is read twice a second at most, and only while somebody
/// watches; so it works with any number of replicas.
@Component
class OrderProgress {
    private static final Duration BETWEEN_UPDATES = Duration.ofMillis(500);
    private static final int READINGS_UNTIL_REPEATED = 20;
    private static final Duration WATCHED_MAX = Duration.ofMinutes(15);

    private final Map<UUID, Flux<Totals>> watched = new ConcurrentHashMap<>();
    private final OrderTotals orderTotals;
    private final FindGroupBuy findGroupBuy;
    private final Transactions transactions;

    OrderProgress(OrderTotals orderTotals, FindGroupBuy findGroupBuy, Transactions transactions) {
        this.orderTotals = orderTotals;
        this.findGroupBuy = findGroupBuy;
        this.transactions = transactions;
    }

    private record Reading(Totals totals, long sinceRepeated) {}

    /// Now, after each change, and again every ten seconds, so that nobody between takes the stream for dead; ends
    /// after 15 minutes. Who does not read is told the latest when it reads again, and holds up nobody.
    /// *Errors:* 404 `group-buy-unknown`.
    Flux<Totals> watch(Membership viewer, UUID groupBuy) {
        var community = viewer.community();
        return transactions
                .in(community, () -> findGroupBuy.seenBy(viewer, groupBuy))
                .then(Mono.defer(() -> read(community, groupBuy)))
                .flatMapMany(first -> Flux.concat(
                        Mono.just(first), shared(community, groupBuy).onBackpressureLatest()))
                .index((at, totals) -> new Reading(totals, at / READINGS_UNTIL_REPEATED))
                .distinctUntilChanged()
                .map(Reading::totals)
                .take(WATCHED_MAX);
    }

    private Mono<Totals> read(UUID community, UUID groupBuy) {
        return transactions.in(community, () -> orderTotals.get(groupBuy));
    }

    private Flux<Totals> shared(UUID community, UUID groupBuy) {
        return watched.computeIfAbsent(
                groupBuy,
                _ -> Flux.interval(BETWEEN_UPDATES)
                        .onBackpressureDrop()
                        .concatMap(_ -> read(community, groupBuy).onErrorComplete(), 1)
                        .doFinally(_ -> watched.remove(groupBuy))
                        .publish()
                        .refCount(1));
    }
}
