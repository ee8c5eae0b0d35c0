package io.linli.dispatch.shift;

import io.linli.dispatch.CommunityZone;
import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.Page;
import io.linli.dispatch.api.OccurrenceEntry;
import io.linli.dispatch.api.OccurrenceList;
import io.linli.dispatch.api.ShiftPlanEntry;
import io.linli.dispatch.api.ShiftPlanPage;
import io.linli.dispatch.api.ShiftPlanRequest;
import io.linli.dispatch.api.ShiftPlansApi;
import io.linli.dispatch.api.Weekday;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Plans of shifts over HTTP.
@RestController
class ShiftPlansController implements ShiftPlansApi {

    private static final int DAYS_MAX = 92;
    private static final int YEARS_MAX = 3;

    private final ShiftPlans plans;
    private final ShiftPlaces places;
    private final Transactions transactions;
    private final Writes writes;
    private final DispatchSettings settings;
    private final Clock clock;

    ShiftPlansController(
            ShiftPlans plans,
            ShiftPlaces places,
            Transactions transactions,
            Writes writes,
            DispatchSettings settings,
            Clock clock) {
        this.plans = plans;
        this.places = places;
        this.transactions = transactions;
        this.writes = writes;
        this.settings = settings;
        this.clock = clock;
    }

    private record Asked(Membership coordinator, ShiftPlanRequest body) {
        ShiftPlan toPlan() {
            return new ShiftPlan(
                    Ids.next(),
                    DayOfWeek.valueOf(body.getWeekday().name()),
                    LocalTime.parse(body.getStartsLocal()),
                    LocalTime.parse(body.getEndsLocal()),
                    CommunityZone.of(coordinator),
                    body.getPlaces(),
                    body.getValidFrom(),
                    body.getValidUntil());
        }
    }

    @Override
    public Mono<ShiftPlanEntry> planShift(
            UUID communityId,
            Mono<ShiftPlanRequest> shiftPlanRequest,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "coordinator"))
                .flatMap(coordinator -> shiftPlanRequest.map(body -> new Asked(coordinator, body)))
                .flatMap(asked -> writes.once(
                        exchange, communityId, asked.body(), ShiftPlanEntry.class, () -> add(communityId, asked)));
    }

    private Mono<ShiftPlanEntry> add(UUID community, Asked asked) {
        var plan = asked.toPlan();
        var now = clock.instant();
        plan.flaw(LocalDate.ofInstant(now, plan.zone()), settings.shiftMax()).ifPresent(this::refuse);
        return plans.add(
                        community, plan, new ShiftPlans.Made(asked.coordinator().member(), now))
                .thenReturn(toAnswer(plan));
    }

    private void refuse(ShiftPlan.Flaw flaw) {
        var status = HttpStatus.UNPROCESSABLE_CONTENT;
        throw switch (flaw) {
            case TIMES -> Problem.of(status, "shift-plan-times");
            case TOO_LONG ->
                Problem.of(status, "shift-too-long", settings.shiftMax().toHours());
            case DATES -> Problem.of(status, "shift-plan-dates");
        };
    }

    @Override
    public Mono<ShiftPlanPage> listShiftPlans(
            UUID communityId, Integer limit, @Nullable UUID cursor, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "volunteer", "coordinator"))
                .flatMap(
                        _ -> transactions.in(communityId, () -> plans.list(communityId, Page.after(cursor), limit + 1)))
                .map(rows -> Page.of(rows, limit, ShiftPlan::id))
                .map(page -> new ShiftPlanPage()
                        .items(page.items().stream()
                                .map(ShiftPlansController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    @Override
    public Mono<OccurrenceList> listOccurrences(
            LocalDate from, LocalDate to, UUID communityId, UUID planId, ServerWebExchange exchange) {
        check(from, to);
        return Caller.current()
                .map(caller -> caller.as(communityId, "volunteer", "coordinator"))
                .flatMap(_ -> transactions.in(
                        communityId, () -> plans.find(communityId, planId).flatMap(plan -> describe(plan, from, to))))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "shift-plan-not-found")));
    }

    private void check(LocalDate from, LocalDate to) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (from.isAfter(to)
                || from.isBefore(today.minusYears(YEARS_MAX))
                || to.isAfter(today.plusYears(YEARS_MAX))
                || from.plusDays(DAYS_MAX).isBefore(to)) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "occurrences-time-invalid", DAYS_MAX);
        }
    }

    private Mono<OccurrenceList> describe(ShiftPlan plan, LocalDate from, LocalDate to) {
        return places.count(plan.id(), from, to)
                .map(counts -> plan.between(from, to).stream()
                        .map(occurrence ->
                                toAnswer(occurrence, counts.getOrDefault(occurrence.day(), ShiftPlaces.Count.NONE)))
                        .toList())
                .map((List<OccurrenceEntry> items) -> new OccurrenceList().items(items));
    }

    private static OccurrenceEntry toAnswer(ShiftPlan.Occurrence occurrence, ShiftPlaces.Count count) {
        return new OccurrenceEntry()
                .day(occurrence.day())
                .startsAt(occurrence.startsAt())
                .endsAt(occurrence.endsAt())
                .places(occurrence.plan().places())
                .taken(count.taken())
                .waiting(count.waiting());
    }

    private static ShiftPlanEntry toAnswer(ShiftPlan plan) {
        return new ShiftPlanEntry()
                .id(plan.id())
                .weekday(Weekday.valueOf(plan.weekday().name()))
                .startsLocal(plan.startsLocal().toString())
                .endsLocal(plan.endsLocal().toString())
                .zone(plan.zone().getId())
                .places(plan.places())
                .validFrom(plan.validFrom())
                .validUntil(plan.validUntil());
    }
}
