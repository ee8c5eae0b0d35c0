package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.ordering.Orders;
import io.linli.groupbuy.ordering.Orders.Unpaid;
import io.linli.groupbuy.ordering.desk.OrderDesk.Slip;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The timer that takes back what was not paid in time, through the desk like everything that moves stock.
@Service
class ReleaseUnpaid {
    private static final Logger log = LoggerFactory.getLogger(ReleaseUnpaid.class);

    private final Orders orders;
    private final OrderDesk desk;
    private final Transactions transactions;
    private final Clock clock;
    private final GroupBuySettings settings;

    ReleaseUnpaid(Orders orders, OrderDesk desk, Transactions transactions, Clock clock, GroupBuySettings settings) {
        this.orders = orders;
        this.desk = desk;
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
    }

    @Scheduled(fixedDelayString = "${linli.groupbuy.timer-interval-millis}")
    Mono<Void> look() {
        return Mono.defer(() -> handle(clock.instant()));
    }

    /// Takes back every order whose payment was awaited until `now` at the latest, a bounded number at a time.
    Mono<Void> handle(Instant now) {
        return transactions
                .acrossCommunities(() -> orders.listUnpaid(now, settings.desk().releaseMax()))
                .flatMapMany(Flux::fromIterable)
                .flatMap(unpaid -> release(unpaid, now), settings.desk().batchMax())
                .then()
                .timeout(Duration.ofMillis(settings.timerMaxMillis()))
                .onErrorResume(ReleaseUnpaid::tryLater);
    }

    private Mono<Void> release(Unpaid unpaid, Instant now) {
        var ask = new Ask.Release(unpaid.groupBuy(), unpaid.order());
        return desk.submit(new Slip(unpaid.community(), null, ask, now, _ -> ""))
                .then()
                .onErrorResume(ReleaseUnpaid::tryLater);
    }

    private static Mono<Void> tryLater(Throwable failure) {
        log.warn("unpaid orders are released at the next look: {}", failure.toString());
        return Mono.empty();
    }
}
