package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuy.Command.OpenOnTime;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// The timer that opens what is due.
@Service
class OpenDueGroupBuys {
    private final DueGroupBuys due;
    private final ChangeGroupBuy changeGroupBuy;
    private final Clock clock;

    OpenDueGroupBuys(DueGroupBuys due, ChangeGroupBuy changeGroupBuy, Clock clock) {
        this.due = due;
        this.changeGroupBuy = changeGroupBuy;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${linli.groupbuy.timer-interval-millis}")
    Mono<Void> look() {
        return Mono.defer(() -> handle(clock.instant()));
    }

    Mono<Void> handle(Instant now) {
        return due.toOpen(now, id -> open(id, now));
    }

    private Mono<Void> open(UUID id, Instant now) {
        return changeGroupBuy
                .holdIfFree(id)
                .filter(GroupBuy.Scheduled.class::isInstance)
                .flatMap(scheduled -> changeGroupBuy.handle(scheduled, new OpenOnTime(), now))
                .then();
    }
}
