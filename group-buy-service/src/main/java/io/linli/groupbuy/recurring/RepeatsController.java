package io.linli.groupbuy.recurring;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.NewRepeat;
import io.linli.groupbuy.api.RepeatDetails;
import io.linli.groupbuy.api.RepeatList;
import io.linli.groupbuy.api.RepeatsApi;
import io.linli.groupbuy.api.Weekday;
import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.recurring.Repeat.Last;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Group buys that come again, over HTTP.
@RestController
class RepeatsController implements RepeatsApi {
    private static final String[] LEADERS = {"leader", "coordinator"};

    private final Repeats repeats;
    private final FindGroupBuy findGroupBuy;
    private final RecurringSettings settings;
    private final Transactions transactions;
    private final Writes writes;
    private final Clock clock;

    RepeatsController(
            Repeats repeats,
            FindGroupBuy findGroupBuy,
            RecurringSettings settings,
            Transactions transactions,
            Writes writes,
            Clock clock) {
        this.repeats = repeats;
        this.findGroupBuy = findGroupBuy;
        this.settings = settings;
        this.transactions = transactions;
        this.writes = writes;
        this.clock = clock;
    }

    private record Asked(Membership leader, NewRepeat body) {}

    @Override
    public Mono<RepeatDetails> repeatGroupBuy(
            UUID community, Mono<NewRepeat> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, LEADERS))
                .flatMap(leader -> body.map(asked -> new Asked(leader, asked)))
                .flatMap(asked -> writes.once(
                        exchange, community, asked.body(), RepeatDetails.class, () -> begin(asked, clock.instant())));
    }

    @Override
    public Mono<RepeatList> listRepeats(
            UUID community, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        var request = new Page.Request(limit, cursor);
        return Caller.current()
                .map(caller -> caller.as(community, LEADERS))
                .then(transactions.in(community, () -> repeats.list(community, request)))
                .map(rows -> Page.byId(rows, request, Repeat::id))
                .map(page -> new RepeatList(page.items().stream()
                                .map(RepeatsController::toDetails)
                                .toList())
                        .next(page.next()));
    }

    @Override
    public Mono<RepeatDetails> endRepeat(
            UUID community, UUID repeat, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(
                        leader -> writes.once(exchange, community, "", RepeatDetails.class, () -> end(leader, repeat)));
    }

    private Mono<RepeatDetails> begin(Asked asked, Instant now) {
        return findGroupBuy
                .seenBy(asked.leader(), asked.body().getGroupBuyId())
                .map(source -> toRepeat(asked, source.groupBuy().terms().zone(), now))
                .flatMap(repeat -> repeats.countActive(repeat.community())
                        .filter(active -> active < settings.perCommunityMax())
                        .switchIfEmpty(Mono.error(() -> Problem.of(
                                HttpStatus.UNPROCESSABLE_CONTENT, "repeats-max", settings.perCommunityMax())))
                        .then(repeats.insert(repeat, now)))
                .map(RepeatsController::toDetails);
    }

    private static Repeat toRepeat(Asked asked, java.time.ZoneId zone, Instant now) {
        var body = asked.body();
        var weekly =
                new Weekly(DayOfWeek.valueOf(body.getWeekday().name()), LocalTime.parse(body.getLocalTime()), zone);
        return new Repeat(
                Ids.next(),
                asked.leader().community(),
                body.getGroupBuyId(),
                asked.leader().member(),
                weekly,
                weekly.firstFrom(now),
                null,
                Last.NONE);
    }

    private Mono<RepeatDetails> end(Membership leader, UUID id) {
        return repeats.lock(id)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "repeat-unknown")))
                .doOnNext(held -> checkMayEnd(held, leader))
                .flatMap(held -> repeats.end(held, clock.instant()))
                .map(RepeatsController::toDetails);
    }

    /// Who began it ends it, also without the role of a leader by now.
    private static void checkMayEnd(Repeat held, Membership leader) {
        if (!leader.hasAny("coordinator") && !held.leaderId().equals(leader.member())) {
            throw Problem.of(HttpStatus.FORBIDDEN, "not-your-group-buy");
        }
        if (held.endedAt() != null) {
            throw Problem.of(HttpStatus.CONFLICT, "repeat-ended");
        }
    }

    private static RepeatDetails toDetails(Repeat repeat) {
        var weekly = repeat.weekly();
        return new RepeatDetails(
                        repeat.id(),
                        repeat.groupBuyId(),
                        repeat.leaderId(),
                        Weekday.valueOf(weekly.weekday().name()),
                        weekly.time().toString(),
                        weekly.zone().getId(),
                        repeat.nextOpensAt(),
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                repeat.nextOpensAt().atZone(weekly.zone())))
                .endedAt(repeat.endedAt())
                .lastGroupBuyId(repeat.last().groupBuyId())
                .lastRefusal(repeat.last().refusal());
    }
}
