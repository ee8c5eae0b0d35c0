package io.linli.dispatch.shift;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.Page;
import io.linli.dispatch.api.ShiftEntry;
import io.linli.dispatch.api.ShiftPage;
import io.linli.dispatch.api.ShiftRequest;
import io.linli.dispatch.api.ShiftsApi;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Shifts over HTTP.
@RestController
class ShiftsController implements ShiftsApi {

    private final TakeShift takeShift;
    private final Shifts shifts;
    private final Transactions transactions;
    private final Writes writes;
    private final DispatchSettings settings;
    private final Clock clock;

    ShiftsController(
            TakeShift takeShift,
            Shifts shifts,
            Transactions transactions,
            Writes writes,
            DispatchSettings settings,
            Clock clock) {
        this.takeShift = takeShift;
        this.shifts = shifts;
        this.transactions = transactions;
        this.writes = writes;
        this.settings = settings;
        this.clock = clock;
    }

    private record Asked(UUID member, ShiftRequest body) {}

    @Override
    public Mono<ShiftEntry> takeShift(
            UUID communityId,
            Mono<ShiftRequest> shiftRequest,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "volunteer").member())
                .flatMap(member -> shiftRequest.map(body -> new Asked(member, body)))
                .flatMap(asked -> take(communityId, asked, exchange));
    }

    private Mono<ShiftEntry> take(UUID community, Asked asked, ServerWebExchange exchange) {
        var body = asked.body();
        var shift = new Shift(Ids.next(), asked.member(), body.getStartsAt(), body.getEndsAt());
        return writes.once(
                exchange,
                community,
                body,
                ShiftEntry.class,
                () -> takeShift.handle(community, shift).map(this::toAnswer));
    }

    @Override
    public Mono<ShiftPage> listShifts(
            UUID communityId, Integer limit, @Nullable UUID cursor, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "volunteer", "coordinator"))
                .flatMap(asking -> {
                    var member = asking.hasAny("coordinator") ? null : asking.member();
                    return find(communityId, member, Page.after(cursor), limit + 1);
                })
                .map(rows -> Page.of(rows, limit, Shift::id))
                .map(page -> new ShiftPage()
                        .items(page.items().stream()
                                .map(ShiftsController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    private Mono<List<Shift>> find(UUID community, @Nullable UUID member, UUID after, int rowsMax) {
        return transactions.in(community, () -> shifts.list(community, member, clock.instant(), after, rowsMax));
    }

    private ShiftEntry toAnswer(TakeShift.Result result) {
        return switch (result) {
            case TakeShift.Result.Taken(var shift) -> toAnswer(shift);
            case TakeShift.Result.NotRegistered _ -> throw Problem.of(HttpStatus.CONFLICT, "volunteer-not-registered");
            case TakeShift.Result.Overlaps _ -> throw Problem.of(HttpStatus.CONFLICT, "shift-overlaps");
            case TakeShift.Result.Flawed(var flaw) -> throw problem(flaw, settings);
        };
    }

    static Problem problem(Shift.Flaw flaw, DispatchSettings settings) {
        var status = HttpStatus.UNPROCESSABLE_CONTENT;
        return switch (flaw) {
            case ORDER -> Problem.of(status, "shift-order");
            case OVER -> Problem.of(status, "shift-over");
            case TOO_LONG ->
                Problem.of(status, "shift-too-long", settings.shiftMax().toHours());
            case TOO_FAR ->
                Problem.of(status, "shift-too-far", settings.shiftAheadMax().toDays());
        };
    }

    private static ShiftEntry toAnswer(Shift shift) {
        return new ShiftEntry()
                .id(shift.id())
                .memberId(shift.member())
                .startsAt(shift.startsAt())
                .endsAt(shift.endsAt());
    }
}
