package io.linli.community.closure;

import io.linli.kit.data.Transactions;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Puts planned closures and reopenings into force when their time has come: each once, in a transaction of its own,
/// whichever replica comes first. A look is bounded; what is left, or failed, the next look takes.
@Service
class ClosureTimer {
    private static final Logger log = LoggerFactory.getLogger(ClosureTimer.class);

    private final Closures closures;
    private final ChangeClosure changeClosure;
    private final Transactions transactions;
    private final ClosureSettings settings;
    private final Clock clock;

    ClosureTimer(
            Closures closures,
            ChangeClosure changeClosure,
            Transactions transactions,
            ClosureSettings settings,
            Clock clock) {
        this.closures = closures;
        this.changeClosure = changeClosure;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${linli.community.closure.every:2s}")
    Mono<Long> look() {
        return Mono.defer(() -> handle(clock.instant()));
    }

    /// How many came into force.
    Mono<Long> handle(Instant now) {
        return transactions
                .acrossCommunities(() -> closures.findDue(now, settings.batch()))
                .flatMapMany(Flux::fromIterable)
                .concatMap(due -> takeEffect(due, now))
                .filter(changed -> changed)
                .count()
                .onErrorResume(failure -> tryLater(failure).thenReturn(0L));
    }

    private Mono<Boolean> takeEffect(Closures.Due due, Instant now) {
        return transactions
                .in(due.community(), () -> changeClosure.takeEffect(due, now))
                .onErrorResume(ClosureTimer::tryLater);
    }

    private static Mono<Boolean> tryLater(Throwable failure) {
        log.warn("what was planned for buildings is left to the next look: {}", failure.toString());
        return Mono.just(false);
    }
}
