package io.linli.dispatch.shift;

import io.linli.dispatch.DispatchSettings;
import io.linli.dispatch.Page;
import io.linli.dispatch.api.PlaceRequest;
import io.linli.dispatch.api.ShiftPlaceEntry;
import io.linli.dispatch.api.ShiftPlacePage;
import io.linli.dispatch.api.ShiftPlacesApi;
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

/// Places in the shifts of plans over HTTP.
@RestController
class ShiftPlacesController implements ShiftPlacesApi {

    private final TakePlace takePlace;
    private final GiveUpPlace giveUpPlace;
    private final ShiftPlaces places;
    private final Transactions transactions;
    private final Writes writes;
    private final DispatchSettings settings;
    private final Clock clock;

    ShiftPlacesController(
            TakePlace takePlace,
            GiveUpPlace giveUpPlace,
            ShiftPlaces places,
            Transactions transactions,
            Writes writes,
            DispatchSettings settings,
            Clock clock) {
        this.takePlace = takePlace;
        this.giveUpPlace = giveUpPlace;
        this.places = places;
        this.transactions = transactions;
        this.writes = writes;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Mono<ShiftPlaceEntry> takePlace(
            UUID communityId,
            UUID planId,
            Mono<PlaceRequest> placeRequest,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return volunteer(communityId)
                .flatMap(member ->
                        placeRequest.map(body -> new TakePlace.Command(communityId, member, planId, body.getDay())))
                .flatMap(command -> writes.once(
                        exchange,
                        communityId,
                        command,
                        ShiftPlaceEntry.class,
                        () -> takePlace.handle(command).map(this::toAnswer)));
    }

    @Override
    public Mono<ShiftPlaceEntry> giveUpPlace(
            UUID communityId, UUID placeId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return volunteer(communityId)
                .flatMap(member -> writes.once(
                        exchange,
                        communityId,
                        "",
                        ShiftPlaceEntry.class,
                        () -> giveUpPlace.handle(communityId, member, placeId).map(ShiftPlacesController::toAnswer)));
    }

    private static Mono<UUID> volunteer(UUID community) {
        return Caller.current().map(caller -> caller.as(community, "volunteer").member());
    }

    @Override
    public Mono<ShiftPlacePage> listPlaces(
            UUID communityId, Integer limit, @Nullable UUID cursor, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "volunteer", "coordinator"))
                .flatMap(asking -> {
                    var member = asking.hasAny("coordinator") ? null : asking.member();
                    return find(communityId, member, Page.after(cursor), limit + 1);
                })
                .map(rows -> Page.of(rows, limit, ShiftPlace::id))
                .map(page -> new ShiftPlacePage()
                        .items(page.items().stream()
                                .map(ShiftPlacesController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    private Mono<List<ShiftPlace>> find(UUID community, @Nullable UUID member, UUID after, int rowsMax) {
        return transactions.in(community, () -> places.list(community, member, clock.instant(), after, rowsMax));
    }

    private ShiftPlaceEntry toAnswer(TakePlace.Result result) {
        return switch (result) {
            case TakePlace.Result.Placed(var place) -> toAnswer(place);
            case TakePlace.Result.NoPlan _ -> throw Problem.of(HttpStatus.NOT_FOUND, "shift-plan-not-found");
            case TakePlace.Result.NotOnDay _ -> throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "shift-not-on-day");
            case TakePlace.Result.Flawed(var flaw) -> throw ShiftsController.problem(flaw, settings);
            case TakePlace.Result.NotRegistered _ -> throw Problem.of(HttpStatus.CONFLICT, "volunteer-not-registered");
            case TakePlace.Result.HeldBefore _ -> throw Problem.of(HttpStatus.CONFLICT, "shift-place-held");
            case TakePlace.Result.Overlaps _ -> throw Problem.of(HttpStatus.CONFLICT, "shift-overlaps");
        };
    }

    private static ShiftPlaceEntry toAnswer(GiveUpPlace.Result result) {
        return switch (result) {
            case GiveUpPlace.Result.GivenUp(var place) -> toAnswer(place);
            case GiveUpPlace.Result.NoPlace _ -> throw Problem.of(HttpStatus.NOT_FOUND, "shift-place-not-found");
            case GiveUpPlace.Result.Started _ -> throw Problem.of(HttpStatus.CONFLICT, "shift-started");
        };
    }

    private static ShiftPlaceEntry toAnswer(ShiftPlace place) {
        return new ShiftPlaceEntry()
                .id(place.id())
                .planId(place.plan())
                .day(place.day())
                .memberId(place.member())
                .startsAt(place.startsAt())
                .endsAt(place.endsAt())
                .state(place.shift() == null ? ShiftPlaceEntry.StateEnum.WAITING : ShiftPlaceEntry.StateEnum.TAKEN)
                .shiftId(place.shift());
    }
}
