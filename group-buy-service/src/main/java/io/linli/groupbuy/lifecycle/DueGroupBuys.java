package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.kit.data.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// What the timers work on: the group buys of all communities whose time has come, however long ago that was.
///
/// Each is worked on in a transaction of its own community; one that fails is left for the next look and does not hold
/// up the others. What stops a whole look (the database is away, it takes too long) ends that look only.
@Component
public class DueGroupBuys {
    private static final Logger log = LoggerFactory.getLogger(DueGroupBuys.class);

    private final GroupBuys groupBuys;
    private final Transactions transactions;
    private final GroupBuySettings settings;

    DueGroupBuys(GroupBuys groupBuys, Transactions transactions, GroupBuySettings settings) {
        this.groupBuys = groupBuys;
        this.transactions = transactions;
        this.settings = settings;
    }

    record Due(UUID community, UUID groupBuy) {}

    /// Runs `work` for each group buy that is due to open.
    public Mono<Void> toOpen(Instant now, Function<UUID, Mono<Void>> work) {
        return each(() -> groupBuys.listToOpen(now, settings.dueBatchMax()), work);
    }

    /// Runs `work` for each group buy that is due to close.
    public Mono<Void> toClose(Instant now, Function<UUID, Mono<Void>> work) {
        var until = now.minusMillis(settings.closeGraceMillis());
        return each(() -> groupBuys.listToClose(until, settings.dueBatchMax()), work);
    }

    /// Runs `work` for each group buy that is closed and can be decided.
    public Mono<Void> toDecide(Instant now, Function<UUID, Mono<Void>> work) {
        return each(() -> groupBuys.listToDecide(now, settings.dueBatchMax()), work);
    }

    private Mono<Void> each(Supplier<Mono<List<Due>>> due, Function<UUID, Mono<Void>> work) {
        return transactions
                .acrossCommunities(due)
                .flatMapMany(Flux::fromIterable)
                .concatMap(found -> perform(found, work))
                .then()
                .timeout(Duration.ofMillis(settings.timerMaxMillis()))
                .onErrorResume(DueGroupBuys::tryLater);
    }

    /// To decide thousands of orders may take longer than a request; nobody waits for it.
    private Mono<Void> perform(Due due, Function<UUID, Mono<Void>> work) {
        var limit = Duration.ofMillis(settings.timerMaxMillis());
        return transactions
                .in(due.community(), limit, () -> work.apply(due.groupBuy()))
                .onErrorResume(failure -> {
                    log.warn(
                            "group buy {} is due but could not be moved on, the next look tries again",
                            due.groupBuy(),
                            failure);
                    return Mono.empty();
                });
    }

    private static Mono<Void> tryLater(Throwable failure) {
        log.warn(
                "due group buys could not be looked up or took too long, the next look tries again: {}",
                failure.toString());
        return Mono.empty();
    }
}
