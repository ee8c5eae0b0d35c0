package io.linli.station.parcel;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import io.linli.station.Page;
import io.linli.station.api.ActorRole;
import io.linli.station.api.CustodyChain;
import io.linli.station.api.CustodyEntry;
import io.linli.station.api.ParcelCollection;
import io.linli.station.api.ParcelFailure;
import io.linli.station.api.ParcelPage;
import io.linli.station.api.ParcelWriteOff;
import io.linli.station.api.ParcelsApi;
import io.linli.station.parcel.Custody.Link;
import io.linli.station.parcel.ParcelState.Carrier;
import io.linli.station.parcel.ParcelState.Failure;
import io.linli.station.parcel.Parcels.Filter;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Parcels and their custody chains over HTTP. Whoever is not of the station sees only the own household's.
@RestController
public class ParcelsController implements ParcelsApi {
    private static final String[] STATION = {"keeper", "coordinator"};

    private final Parcels parcels;
    private final Custody custody;
    private final TakeParcel takeParcel;
    private final Transactions transactions;
    private final Writes writes;
    private final Clock clock;

    ParcelsController(
            Parcels parcels,
            Custody custody,
            TakeParcel takeParcel,
            Transactions transactions,
            Writes writes,
            Clock clock) {
        this.parcels = parcels;
        this.custody = custody;
        this.takeParcel = takeParcel;
        this.transactions = transactions;
        this.writes = writes;
        this.clock = clock;
    }

    @Override
    public Mono<ParcelPage> listParcels(
            UUID communityId,
            @Nullable String state,
            @Nullable UUID householdId,
            @Nullable UUID consignmentId,
            Integer limit,
            @Nullable String cursor,
            ServerWebExchange exchange) {
        return reader(communityId)
                .flatMap(reader -> {
                    var filter = new Filter(visibleHousehold(reader, householdId), consignmentId, state);
                    var before = Page.afterId(cursor);
                    return transactions.in(communityId, () -> parcels.findPage(communityId, filter, before, limit));
                })
                .map(found -> Page.of(found, limit, Parcel::id))
                .map(page -> new ParcelPage(page.items().stream()
                                .map(ParcelsController::toApi)
                                .toList())
                        .next(page.next()));
    }

    @Override
    public Mono<io.linli.station.api.Parcel> getParcel(UUID communityId, UUID parcelId, ServerWebExchange exchange) {
        return getVisible(communityId, parcelId).map(ParcelsController::toApi);
    }

    @Override
    public Mono<CustodyChain> getCustody(UUID communityId, UUID parcelId, ServerWebExchange exchange) {
        return getVisible(communityId, parcelId)
                .then(Mono.defer(() -> transactions.in(communityId, () -> custody.findChain(communityId, parcelId))))
                .map(chain -> new CustodyChain(
                        chain.stream().map(ParcelsController::toApi).toList()));
    }

    @Override
    public Mono<io.linli.station.api.Parcel> collectParcel(
            UUID communityId,
            UUID parcelId,
            Mono<ParcelCollection> collection,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "volunteer"))
                .zipWith(
                        collection,
                        (volunteer, asked) -> new Write(
                                new Command.Collect(new Carrier(asked.getTaskId(), volunteer.member())),
                                Occasion.of(communityId, "volunteer", volunteer.member(), clock.instant())))
                .flatMap(write -> take(parcelId, write, exchange));
    }

    @Override
    public Mono<io.linli.station.api.Parcel> failParcel(
            UUID communityId,
            UUID parcelId,
            Mono<ParcelWriteOff> writeOff,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, STATION))
                .zipWith(
                        writeOff,
                        (member, asked) -> new Write(
                                new Command.Fail(
                                        Failure.valueOf(asked.getReason().name())),
                                Occasion.of(
                                        communityId,
                                        member.hasAny("keeper") ? "keeper" : "coordinator",
                                        member.member(),
                                        clock.instant())))
                .flatMap(write -> take(parcelId, write, exchange));
    }

    private record Write(Command command, Occasion occasion) {}

    private Mono<io.linli.station.api.Parcel> take(UUID parcel, Write write, ServerWebExchange exchange) {
        return writes.once(
                exchange,
                write.occasion().community(),
                write.command(),
                io.linli.station.api.Parcel.class,
                () -> takeParcel.take(parcel, write.command(), write.occasion()).map(ParcelsController::toApi));
    }

    private static Mono<Membership> reader(UUID community) {
        return Caller.current().map(caller -> caller.as(community, "resident", "keeper", "coordinator"));
    }

    private static @Nullable UUID visibleHousehold(Membership reader, @Nullable UUID asked) {
        if (reader.hasAny(STATION)) {
            return asked;
        }
        var own = reader.uuid("household");
        if (asked != null && !asked.equals(own)) {
            throw Problem.of(HttpStatus.NOT_FOUND, "household-unknown");
        }
        return own;
    }

    private Mono<Parcel> getVisible(UUID community, UUID parcel) {
        return reader(community)
                .flatMap(reader -> transactions
                        .in(community, () -> parcels.find(community, parcel))
                        .filter(found ->
                                reader.hasAny(STATION) || found.householdId().equals(reader.uuid("household"))))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "parcel-unknown")));
    }

    /// The parcel as the contract shows it: ids and a label, nothing of the persons behind them.
    public static io.linli.station.api.Parcel toApi(Parcel parcel) {
        var failure = parcel.state().failure();
        return new io.linli.station.api.Parcel(
                        parcel.id(),
                        parcel.consignmentId(),
                        parcel.groupBuyId(),
                        parcel.householdId(),
                        parcel.orderIds(),
                        io.linli.station.api.ParcelState.fromValue(
                                parcel.state().name()),
                        parcel.version(),
                        parcel.weightGrams(),
                        parcel.doorstep(),
                        parcel.attempts())
                .label(parcel.state().label())
                .failure(failure == null ? null : ParcelFailure.valueOf(failure.name()));
    }

    private static CustodyEntry toApi(Link link) {
        return new CustodyEntry(
                        link.version(),
                        io.linli.station.api.ParcelState.fromValue(link.state()),
                        ActorRole.fromValue(link.actorRole()),
                        link.occurredAt(),
                        link.receivedAt(),
                        link.reason())
                .actorId(link.actorId())
                .proofSha256(link.proofSha256());
    }
}
