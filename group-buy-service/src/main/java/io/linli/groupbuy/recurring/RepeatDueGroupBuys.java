package io.linli.groupbuy.recurring;

import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// The timer that creates the group buys that come again.
@Service
class RepeatDueGroupBuys {
    private final RepeatGroupBuy repeatGroupBuy;
    private final Clock clock;

    RepeatDueGroupBuys(RepeatGroupBuy repeatGroupBuy, Clock clock) {
        this.repeatGroupBuy = repeatGroupBuy;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${linli.groupbuy.timer-interval-millis}")
    Mono<Void> look() {
        return Mono.defer(() -> repeatGroupBuy.handle(clock.instant()));
    }
}
