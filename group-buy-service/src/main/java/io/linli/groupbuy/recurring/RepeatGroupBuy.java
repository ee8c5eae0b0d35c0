package io.linli.groupbuy.recurring;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.OfferedGroupBuy;
import io.linli.groupbuy.recurring.Repeat.Last;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Creates the group buys that come again, each day of a repetition once.
///
/// After a down-time it catches up: what would still be open is created, what would be over by now is left out.
/// Nobody's token is at hand, so the room is not asked for and they are flagged as unchecked.
@Service
class RepeatGroupBuy {
    private static final Logger log = LoggerFactory.getLogger(RepeatGroupBuy.class);

    private final Repeats repeats;
    private final FindGroupBuy findGroupBuy;
    private final CopyGroupBuy copyGroupBuy;
    private final Transactions transactions;
    private final GroupBuySettings timers;
    private final RecurringSettings settings;

    RepeatGroupBuy(
            Repeats repeats,
            FindGroupBuy findGroupBuy,
            CopyGroupBuy copyGroupBuy,
            Transactions transactions,
            GroupBuySettings timers,
            RecurringSettings settings) {
        this.repeats = repeats;
        this.findGroupBuy = findGroupBuy;
        this.copyGroupBuy = copyGroupBuy;
        this.transactions = transactions;
        this.timers = timers;
        this.settings = settings;
    }

    /// One look: one day of each repetition that is due.
    Mono<Void> handle(Instant now) {
        var until = now.plus(Duration.ofHours(settings.announceAheadHours()));
        return transactions
                .acrossCommunities(() -> repeats.listDue(until, timers.dueBatchMax()))
                .flatMapMany(Flux::fromIterable)
                .concatMap(due -> transactions
                        .in(due.community(), () -> repeat(due.repeat(), until, now))
                        .onErrorResume(failure -> tryLater(due.repeat(), failure)))
                .then()
                .timeout(Duration.ofMillis(timers.timerMaxMillis()))
                .onErrorResume(failure -> tryLater("all that are due", failure));
    }

    private Mono<Void> repeat(UUID id, Instant until, Instant now) {
        return repeats.lockIfFree(id)
                .filter(held -> held.endedAt() == null && !held.nextOpensAt().isAfter(until))
                .flatMap(
                        held -> findGroupBuy.withItems(held.groupBuyId()).flatMap(source -> moveOn(held, source, now)));
    }

    private Mono<Void> moveOn(Repeat held, OfferedGroupBuy source, Instant now) {
        var weekly = held.weekly();
        if (isOver(held, source, now)) {
            var day = weekly.after(held.nextDay());
            while (!Shifted.to(weekly.on(day), source.groupBuy().terms())
                    .closesAt()
                    .isAfter(now)) {
                day = weekly.after(day);
            }
            return repeats.moveOn(held, day, new Last(null, "window-invalid"));
        }
        return copyGroupBuy
                .handle(source, held.leaderId(), held.nextOpensAt(), false, now)
                .map(created -> new Last(created.groupBuy().terms().id(), null))
                .onErrorResume(Problem.class, refusal -> Mono.just(new Last(null, refusal.slug())))
                .flatMap(last -> repeats.moveOn(held, weekly.after(held.nextDay()), last));
    }

    private static boolean isOver(Repeat held, OfferedGroupBuy source, Instant now) {
        return !Shifted.to(held.nextOpensAt(), source.groupBuy().terms())
                .closesAt()
                .isAfter(now);
    }

    private static Mono<Void> tryLater(Object what, Throwable failure) {
        log.warn("repetition of {} failed, the next look tries again: {}", what, failure.toString());
        return Mono.empty();
    }
}
