package io.linli.groupbuy.recurring;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.capacity.Room;
import io.linli.groupbuy.community.Answer;
import io.linli.groupbuy.community.Community;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Creates the group buys that come again, each day of a repetition once.
///
/// After a down-time it catches up: what would still be open is created, what would be over by now is left out.
/// Nobody is there to be refused: where room is short, or nobody says whether there is any, it is created all the same
/// and flagged; of what is short those who lead it are told. Who lost the role of a leader announces no more: that is
/// noted as the reason why a day has none.
@Service
class RepeatGroupBuy {
    private static final Logger log = LoggerFactory.getLogger(RepeatGroupBuy.class);

    private final Repeats repeats;
    private final FindGroupBuy findGroupBuy;
    private final CopyGroupBuy copyGroupBuy;
    private final Community community;
    private final Outbox outbox;
    private final Transactions transactions;
    private final GroupBuySettings timers;
    private final RecurringSettings settings;

    RepeatGroupBuy(
            Repeats repeats,
            FindGroupBuy findGroupBuy,
            CopyGroupBuy copyGroupBuy,
            Community community,
            Outbox outbox,
            Transactions transactions,
            GroupBuySettings timers,
            RecurringSettings settings) {
        this.repeats = repeats;
        this.findGroupBuy = findGroupBuy;
        this.copyGroupBuy = copyGroupBuy;
        this.community = community;
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
                .concatMap(due -> find(due, until).onErrorResume(failure -> tryLater(due.repeat(), failure)))
                .collectList()
                .flatMapIterable(RepeatGroupBuy::byDay)
                .flatMap(ofOneDay -> repeatInTurn(ofOneDay, until, now), settings.daysAtOnceMax())
                .then()
                .timeout(Duration.ofMillis(timers.timerMaxMillis()))
                .onErrorResume(failure -> tryLater("all that are due", failure));
    }

    private record Asked(Repeat repeat, OfferedGroupBuy source) {
        Shifted window() {
            return Shifted.to(repeat.nextOpensAt(), source.groupBuy().terms());
        }

        boolean isOver(Instant now) {
            return !window().closesAt().isAfter(now);
        }
    }

    private Mono<Asked> find(Due due, Instant until) {
        return transactions.in(
                due.community(),
                () -> repeats.find(due.repeat())
                        .filter(found -> isDue(found, until))
                        .flatMap(found ->
                                findGroupBuy.withItems(found.groupBuyId()).map(source -> new Asked(found, source))));
    }

    private record DeliveryDay(UUID community, @Nullable LocalDate day) {}

    /// Those that ask for the room of one day.
    private static Collection<List<Asked>> byDay(List<Asked> all) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        asked -> new DeliveryDay(
                                asked.repeat().community(), asked.window().deliveryDay()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    /// One after another, so that no two of them take the same room to be free.
    private Mono<Void> repeatInTurn(List<Asked> ofOneDay, Instant until, Instant now) {
        return Flux.fromIterable(ofOneDay)
                .concatMap(asked -> repeat(asked, until, now)
                        .onErrorResume(failure -> tryLater(asked.repeat().id(), failure)))
                .then();
    }

    private Mono<Void> repeat(Asked asked, Instant until, Instant now) {
        var repeat = asked.repeat();
        return requestDay(asked, now)
                .flatMap(day -> transactions.in(repeat.community(), () -> hold(repeat.id(), day, until, now)));
    }

    /// A day that is due: whether its leader may still announce a group buy, and whether there is room for it.
    private record Day(LocalDate day, boolean mayAnnounce, Room room) {}

    private Mono<Day> requestDay(Asked asked, Instant now) {
        var repeat = asked.repeat();
        if (asked.isOver(now)) {
            return Mono.just(new Day(repeat.nextDay(), true, new Room.Unknown()));
        }
        return community
                .requestMayAnnounce(repeat.community(), repeat.leaderId())
                .map(Answer::required)
                .flatMap(may -> may
                        ? copyGroupBuy
                                .requestRoom(asked.source(), repeat.nextOpensAt())
                                .map(room -> new Day(repeat.nextDay(), true, room))
                        : Mono.just(new Day(repeat.nextDay(), false, new Room.Unknown())));
    }

    /// Another replica may have moved on meanwhile; the next look asks for the next day.
    private Mono<Void> hold(UUID id, Day day, Instant until, Instant now) {
        return repeats.lockIfFree(id)
                .filter(held -> isDue(held, until) && held.nextDay().equals(day.day()))
                .flatMap(held -> findGroupBuy
                        .withItems(held.groupBuyId())
                        .flatMap(source -> moveOn(new Asked(held, source), day, now)));
    }

    private static boolean isDue(Repeat repeat, Instant until) {
        return repeat.endedAt() == null && !repeat.nextOpensAt().isAfter(until);
    }

    private Mono<Void> moveOn(Asked held, Day day, Instant now) {
        var repeat = held.repeat();
        if (held.isOver(now)) {
            return repeats.moveOn(repeat, firstNotOver(held, now), new Last(null, "window-invalid"));
        }
        var next = repeat.weekly().after(repeat.nextDay());
        return day.mayAnnounce()
                ? announce(held, day.room(), now).flatMap(last -> repeats.moveOn(repeat, next, last))
                : repeats.moveOn(repeat, next, new Last(null, "role-required"));
    }

    private static LocalDate firstNotOver(Asked held, Instant now) {
        var weekly = held.repeat().weekly();
        var terms = held.source().groupBuy().terms();
        var day = weekly.after(held.repeat().nextDay());
        while (!Shifted.to(weekly.on(day), terms).closesAt().isAfter(now)) {
            day = weekly.after(day);
        }
        return day;
    }

    private Mono<Last> announce(Asked held, Room room, Instant now) {
        var repeat = held.repeat();
        return copyGroupBuy
                .announced(held.source(), repeat.leaderId(), repeat.nextOpensAt(), room, now)
                .flatMap(created -> tellWhatIsShort(created, room).thenReturn(created))
                .map(created -> new Last(created.groupBuy().terms().id(), null))
                .onErrorResume(Problem.class, refusal -> Mono.just(new Last(null, refusal.slug())));
    }

    private Mono<Void> tellWhatIsShort(OfferedGroupBuy created, Room room) {
        return room instanceof Room.TooLittle(var shortages)
                ? outbox.publish(GroupBuyOverbooked.event(created.groupBuy().terms(), shortages))
                : Mono.empty();
    }

    private static <T> Mono<T> tryLater(Object what, Throwable failure) {
        log.warn("repetition of {} failed, the next look tries again: {}", what, failure.toString());
        return Mono.empty();
    }
}
