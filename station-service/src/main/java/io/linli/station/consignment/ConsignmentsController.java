package io.linli.station.consignment;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import io.linli.station.Page;
import io.linli.station.api.CheckIn;
import io.linli.station.api.CheckInResult;
import io.linli.station.api.ConsignmentDetail;
import io.linli.station.api.ConsignmentPage;
import io.linli.station.api.ConsignmentState;
import io.linli.station.api.ConsignmentsApi;
import io.linli.station.api.ShelvingResult;
import io.linli.station.consignment.Consignments.Counted;
import io.linli.station.consignment.Consignments.Filter;
import io.linli.station.parcel.ConsignmentParcels;
import io.linli.station.parcel.Occasion;
import io.linli.station.parcel.Parcel;
import io.linli.station.parcel.ParcelsController;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Consignments over HTTP.
@RestController
class ConsignmentsController implements ConsignmentsApi {
    private final Consignments consignments;
    private final ConsignmentParcels parcels;
    private final CheckInConsignment checkInConsignment;
    private final Transactions transactions;
    private final Writes writes;
    private final Clock clock;

    private record Detail(Counted counted, List<Parcel> parcels) {}

    private record Named(Set<UUID> missing, Set<UUID> damaged) {
        static Named of(CheckIn asked) {
            return new Named(toSet(asked.getMissing()), toSet(asked.getDamaged()));
        }

        private static Set<UUID> toSet(@Nullable List<UUID> ids) {
            return ids == null ? Set.of() : Set.copyOf(ids);
        }
    }

    ConsignmentsController(
            Consignments consignments,
            ConsignmentParcels parcels,
            CheckInConsignment checkInConsignment,
            Transactions transactions,
            Writes writes,
            Clock clock) {
        this.consignments = consignments;
        this.parcels = parcels;
        this.checkInConsignment = checkInConsignment;
        this.transactions = transactions;
        this.writes = writes;
        this.clock = clock;
    }

    @Override
    public Mono<ConsignmentPage> listConsignments(
            UUID communityId,
            @Nullable String state,
            @Nullable UUID groupBuyId,
            Integer limit,
            @Nullable String cursor,
            ServerWebExchange exchange) {
        return reader(communityId)
                .then(Mono.defer(() -> {
                    var before = Page.afterId(cursor);
                    var filter = new Filter(state, groupBuyId);
                    return transactions.in(
                            communityId, () -> consignments.findPage(communityId, filter, before, limit));
                }))
                .map(found ->
                        Page.of(found, limit, counted -> counted.consignment().id()))
                .map(page -> new ConsignmentPage(page.items().stream()
                                .map(ConsignmentsController::toApi)
                                .toList())
                        .next(page.next()));
    }

    @Override
    public Mono<ConsignmentDetail> getConsignment(UUID communityId, UUID consignmentId, ServerWebExchange exchange) {
        return reader(communityId)
                .then(Mono.defer(() -> transactions.in(communityId, () -> find(communityId, consignmentId))))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "consignment-unknown")))
                .map(detail -> new ConsignmentDetail(
                        toApi(detail.counted()),
                        detail.parcels().stream().map(ParcelsController::toApi).toList()));
    }

    private Mono<Detail> find(UUID community, UUID consignment) {
        return consignments
                .find(community, consignment)
                .zipWhen(_ -> parcels.find(community, consignment), Detail::new);
    }

    @Override
    public Mono<CheckInResult> checkInConsignment(
            UUID communityId,
            UUID consignmentId,
            Mono<CheckIn> checkIn,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return keeper(communityId)
                .zipWith(
                        checkIn.map(Named::of),
                        (occasion, named) -> writes.once(
                                exchange,
                                communityId,
                                named,
                                CheckInResult.class,
                                () -> checkIn(consignmentId, named, occasion)))
                .flatMap(answer -> answer);
    }

    private Mono<CheckInResult> checkIn(UUID consignment, Named named, Occasion occasion) {
        return checkInConsignment
                .checkIn(consignment, named.missing(), named.damaged(), occasion)
                .map(counts -> new CheckInResult(
                        counts.stored(), counts.missing(), counts.damaged(), counts.refused(), counts.unshelved()));
    }

    @Override
    public Mono<ShelvingResult> shelveConsignment(
            UUID communityId, UUID consignmentId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return keeper(communityId)
                .flatMap(occasion -> writes.once(
                        exchange, communityId, "", ShelvingResult.class, () -> shelveAgain(consignmentId, occasion)));
    }

    private Mono<ShelvingResult> shelveAgain(UUID consignment, Occasion occasion) {
        return checkInConsignment
                .shelveAgain(consignment, occasion)
                .map(counts -> new ShelvingResult(counts.stored(), counts.refused(), counts.unshelved()));
    }

    private static Mono<Void> reader(UUID community) {
        return Caller.current()
                .doOnNext(caller -> caller.as(community, "keeper", "coordinator"))
                .then();
    }

    private Mono<Occasion> keeper(UUID community) {
        return Caller.current()
                .map(caller -> caller.as(community, "keeper"))
                .map(keeper -> Occasion.of(community, "keeper", keeper.member(), clock.instant()));
    }

    private static io.linli.station.api.Consignment toApi(Counted counted) {
        var consignment = counted.consignment();
        var shown = new io.linli.station.api.Consignment(
                        consignment.id(),
                        consignment.groupBuyId(),
                        consignment.title(),
                        consignment.supplierName(),
                        ConsignmentState.fromValue(consignment.state().text()),
                        counted.parcels(),
                        consignment.expectedAt())
                .arrivedAt(consignment.arrivedAt())
                .checkedInAt(consignment.checkedInAt());
        var shipment = consignment.shipment();
        return shipment == null
                ? shown
                : shown.carrier(shipment.carrier()).waybill(shipment.waybill()).shipmentStatus(shipment.status());
    }
}
