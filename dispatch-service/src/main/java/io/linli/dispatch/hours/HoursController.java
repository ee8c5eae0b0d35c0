package io.linli.dispatch.hours;

import io.linli.dispatch.CommunityZone;
import io.linli.dispatch.Page;
import io.linli.dispatch.api.HoursApi;
import io.linli.dispatch.api.HoursCorrection;
import io.linli.dispatch.api.HoursEntry;
import io.linli.dispatch.api.HoursPage;
import io.linli.dispatch.api.HoursTotals;
import io.linli.dispatch.volunteer.FindVolunteer;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The ledger of hours over HTTP.
@RestController
class HoursController implements HoursApi {

    private static final double MINUTE = 60;

    private final Hours hours;
    private final CorrectHours correctHours;
    private final PrintCertificate printCertificate;
    private final FindVolunteer findVolunteer;
    private final HoursSettings settings;
    private final Transactions transactions;
    private final Writes writes;
    private final Clock clock;

    HoursController(
            Hours hours,
            CorrectHours correctHours,
            PrintCertificate printCertificate,
            FindVolunteer findVolunteer,
            HoursSettings settings,
            Transactions transactions,
            Writes writes,
            Clock clock) {
        this.hours = hours;
        this.correctHours = correctHours;
        this.printCertificate = printCertificate;
        this.findVolunteer = findVolunteer;
        this.settings = settings;
        this.transactions = transactions;
        this.writes = writes;
        this.clock = clock;
    }

    @Override
    public Mono<HoursPage> listHours(
            Instant from,
            Instant to,
            UUID communityId,
            UUID memberId,
            Integer limit,
            @Nullable UUID cursor,
            ServerWebExchange exchange) {
        var period = period(from, to);
        return reader(communityId, memberId)
                .flatMap(_ ->
                        read(communityId, memberId, () -> hours.list(memberId, period, Page.after(cursor), limit + 1)))
                .map(rows -> Page.of(rows, limit, Entry::id))
                .map(page -> new HoursPage()
                        .items(page.items().stream()
                                .map(HoursController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    @Override
    public Mono<HoursTotals> getHoursTotals(
            Instant from, Instant to, UUID communityId, UUID memberId, ServerWebExchange exchange) {
        var period = period(from, to);
        return reader(communityId, memberId)
                .flatMap(_ -> read(communityId, memberId, () -> hours.total(memberId, period)))
                .map(totals -> new HoursTotals(
                        totals.minutes(), totals.tasks(), totals.points(settings), totals.minutesEver()));
    }

    @Override
    public Mono<Resource> printCertificate(
            Instant from, Instant to, UUID communityId, UUID memberId, ServerWebExchange exchange) {
        var period = period(from, to);
        exchange.getResponse().getHeaders().setContentType(MediaType.APPLICATION_PDF);
        return reader(communityId, memberId)
                .flatMap(reader -> read(communityId, memberId, () -> hours.total(memberId, period))
                        .map(totals -> toCertificate(reader, memberId, period, totals)))
                .flatMap(printCertificate::print)
                .map(ByteArrayResource::new);
    }

    private static PrintCertificate.Of toCertificate(Membership reader, UUID member, Period period, Totals totals) {
        var name = reader.member().equals(member) ? reader.attributes().getOrDefault("display", "") : "";
        return new PrintCertificate.Of(member, name, period, totals, CommunityZone.of(reader));
    }

    @Override
    public Mono<HoursEntry> correctHours(
            UUID communityId,
            UUID memberId,
            Mono<HoursCorrection> hoursCorrection,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "coordinator").member())
                .flatMap(by -> hoursCorrection.map(body -> new CorrectHours.Command(
                        communityId, memberId, by, body.getMinutes(), body.getReason(), body.getCountsAt())))
                .flatMap(command -> writes.once(
                        exchange,
                        communityId,
                        command,
                        HoursEntry.class,
                        () -> correctHours.handle(command).map(HoursController::toAnswer)));
    }

    private Period period(Instant from, Instant to) {
        var period = new Period(from, to);
        if (!period.makesSense(clock.instant())) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "hours-time-invalid");
        }
        return period;
    }

    private static Mono<Membership> reader(UUID community, UUID member) {
        return Caller.current().map(caller -> {
            var reader = caller.as(community, "volunteer", "coordinator");
            if (!reader.hasAny("coordinator") && !reader.member().equals(member)) {
                throw notFound();
            }
            return reader;
        });
    }

    private <T> Mono<T> read(UUID community, UUID member, Supplier<Mono<T>> query) {
        return transactions.in(
                community,
                () -> findVolunteer
                        .isRegistered(community, member)
                        .filter(registered -> registered)
                        .switchIfEmpty(Mono.error(HoursController::notFound))
                        .then(Mono.defer(query)));
    }

    private static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "volunteer-not-found");
    }

    private static HoursEntry toAnswer(CorrectHours.Result result) {
        return switch (result) {
            case CorrectHours.Result.Corrected(var entry) -> toAnswer(entry);
            case CorrectHours.Result.Refused(var refusal) -> throw problem(refusal);
        };
    }

    private static Problem problem(CorrectHours.Refusal refusal) {
        return switch (refusal) {
            case OWN -> Problem.of(HttpStatus.FORBIDDEN, "hours-own");
            case NOTHING -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "hours-correction-nothing");
            case TIME -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "hours-correction-time");
            case NO_VOLUNTEER -> notFound();
            case NOT_ENOUGH -> Problem.of(HttpStatus.CONFLICT, "hours-not-enough");
        };
    }

    private static HoursEntry toAnswer(Entry entry) {
        var answer = new HoursEntry()
                .id(entry.id())
                .memberId(entry.member())
                .minutes(entry.seconds() / MINUTE)
                .countsAt(entry.countsAt())
                .recordedAt(entry.recordedAt())
                .taskId(entry.task());
        var correction = entry.correction();
        return correction == null ? answer : answer.recordedBy(correction.by()).reason(correction.reason());
    }
}
