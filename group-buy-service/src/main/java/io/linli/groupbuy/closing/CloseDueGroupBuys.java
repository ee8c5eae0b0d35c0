package io.linli.groupbuy.closing;

import io.linli.groupbuy.lifecycle.DueGroupBuys;
import java.time.Clock;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// The timer that closes what is due and decides what no payment is awaited for any more: each group buy once, however
/// many replicas look and however long none did.
@Service
class CloseDueGroupBuys {
    private final DueGroupBuys due;
    private final CloseGroupBuy closeGroupBuy;
    private final Clock clock;

    CloseDueGroupBuys(DueGroupBuys due, CloseGroupBuy closeGroupBuy, Clock clock) {
        this.due = due;
        this.closeGroupBuy = closeGroupBuy;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${linli.groupbuy.timer-interval-millis}")
    Mono<Void> look() {
        return Mono.defer(() -> handle(clock.instant()));
    }

    Mono<Void> handle(Instant now) {
        return due.toClose(now, id -> closeGroupBuy.onTime(id, now))
                .then(due.toDecide(now, id -> closeGroupBuy.decideOnTime(id, now)));
    }
}
