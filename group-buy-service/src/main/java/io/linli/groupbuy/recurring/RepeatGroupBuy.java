package io.linli.groupbuy.recurring;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.capacity.Room;
import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.OfferedGroupBuy;
import io.linli.groupbuy.recurring.Repeat.Last;
import io.linli.groupbuy.recurring.Repeats.Due;
import io.linli.kit.data.Transactions;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Creates the group buys that come again, each day of a repetition once.
///
/// After a down-time it catches up: what would still be open is created, what would be over by now is left out.
/// Nobody is there to be refused: where room is short, or nobody says whether there is any, it is created all the same
/// and
/// flagged; of what is short those who lead it are told.
@Service
class RepeatGroupBuy {
    private static final Logger log = LoggerFactory.getLogger(RepeatGroupBuy.class);

    private final Repeats repeats;
    private final FindGroupBuy findGroupBuy;
    private final CopyGroupBuy copyGroupBuy;
    private final Outbox outbox;
    private final Transactions transactions;
    private final GroupBuySettings timers;
    private final RecurringSettings settings;

    RepeatGroupBuy(
            Repeats repeats,
            FindGroupBuy findGroupBuy,
            CopyGroupBuy copyGroupBuy,
            Outbox outbox,
            Transactions transactions,
            GroupBuySettings timers,
            RecurringSettings settings) {
        this.repeats = repeats;
        this.findGroupBuy = findGroupBuy;
        this.copyGroupBuy = copyGroupBuy;
        this.outbox = outbox;
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
                .concatMap(due -> repeat(due, until, now).onErrorResume(failure -> tryLater(due.repeat(), failure)))
                .then()
                .timeout(Duration.ofMillis(timers.timerMaxMillis()))
                .onErrorResume(failure -> tryLater("all that are due", failure));
    }

    /// A day that is due, and whether there is room for it.
    private record Day(LocalDate day, Room room) {}

    private Mono<Void> repeat(Due due, Instant until, Instant now) {
        return transactions
                .in(due.community(), () -> find(due.repeat(), until))
                .flatMap(asked -> requestRoom(asked, now))
                .flatMap(day -> transactions.in(due.community(), () -> hold(due.repeat(), day, until, now)));
    }

    private Mono<Asked> find(UUID id, Instant until) {
        return repeats.find(id)
                .filter(found -> isDue(found, until))
                .flatMap(found -> findGroupBuy.withItems(found.groupBuyId()).map(source -> new Asked(found, source)));
    }

    private record Asked(Repeat repeat, OfferedGroupBuy source) {}

    private Mono<Day> requestRoom(Asked asked, Instant now) {
        var repeat = asked.repeat();
        var room = isOver(repeat, asked.source(), now)
                ? Mono.<Room>just(new Room.Unknown())
                : copyGroupBuy.requestRoom(asked.source(), repeat.nextOpensAt());
        return room.map(found -> new Day(repeat.nextDay(), found));
    }

    /// Another replica may have moved on meanwhile; the next look asks for the next day.
    private Mono<Void> hold(UUID id, Day day, Instant until, Instant now) {
        return repeats.lockIfFree(id)
                .filter(held -> isDue(held, until) && held.nextDay().equals(day.day()))
                .flatMap(held -> findGroupBuy
                        .withItems(held.groupBuyId())
                        .flatMap(source -> moveOn(held, source, day.room(), now)));
    }

    private static boolean isDue(Repeat repeat, Instant until) {
        return repeat.endedAt() == null && !repeat.nextOpensAt().isAfter(until);
    }

    private Mono<Void> moveOn(Repeat held, OfferedGroupBuy source, Room room, Instant now) {
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
                .announced(source, held.leaderId(), held.nextOpensAt(), room, now)
                .flatMap(created -> tellWhatIsShort(created, room).thenReturn(created))
                .map(created -> new Last(created.groupBuy().terms().id(), null))
                .onErrorResume(Problem.class, refusal -> Mono.just(new Last(null, refusal.slug())))
                .flatMap(last -> repeats.moveOn(held, weekly.after(held.nextDay()), last));
    }

    private Mono<Void> tellWhatIsShort(OfferedGroupBuy created, Room room) {
        return room instanceof Room.TooLittle(var shortages)
                ? outbox.publish(GroupBuyOverbooked.event(created.groupBuy().terms(), shortages))
                : Mono.empty();
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
