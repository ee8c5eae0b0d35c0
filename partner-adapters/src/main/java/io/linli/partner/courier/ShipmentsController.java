package io.linli.partner.courier;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.partner.api.LoggedReport;
import io.linli.partner.api.ShipmentDetail;
import io.linli.partner.api.ShipmentPage;
import io.linli.partner.api.ShipmentState;
import io.linli.partner.api.ShipmentStatus;
import io.linli.partner.api.ShipmentSummary;
import io.linli.partner.api.ShipmentsApi;
import io.linli.partner.courier.Shipment.Booked;
import io.linli.partner.courier.Shipment.Refused;
import io.linli.partner.courier.Shipment.ToBook;
import io.linli.partner.courier.Shipment.Tracking;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What coordinators, leaders and keepers see of their community's shipments.
@RestController
class ShipmentsController implements ShipmentsApi {
    private static final String[] READERS = {"coordinator", "leader", "keeper"};

    private final Transactions transactions;
    private final Shipments shipments;
    private final ReportLog reports;

    ShipmentsController(Transactions transactions, Shipments shipments, ReportLog reports) {
        this.transactions = transactions;
        this.shipments = shipments;
        this.reports = reports;
    }

    @Override
    public Mono<ShipmentPage> listShipments(
            UUID communityId,
            @Nullable UUID groupBuyId,
            Integer limit,
            @Nullable String cursor,
            ServerWebExchange exchange) {
        var before = cursor == null ? null : toId(cursor);
        return requireReader(communityId)
                .then(transactions.in(
                        communityId,
                        () -> shipments
                                .list(communityId, groupBuyId, before, limit + 1)
                                .collectList()))
                .map(rows -> toPage(rows, limit));
    }

    @Override
    public Mono<ShipmentDetail> getShipment(UUID communityId, UUID shipmentId, ServerWebExchange exchange) {
        return requireReader(communityId)
                .then(transactions.in(
                        communityId,
                        () -> shipments
                                .find(shipmentId)
                                .filter(row ->
                                        row.shipment().freight().community().equals(communityId))
                                .zipWhen(_ -> reports.list(shipmentId), ShipmentsController::toDetail)))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "shipment-not-found")));
    }

    private static Mono<Caller> requireReader(UUID community) {
        return Caller.current().doOnNext(caller -> caller.as(community, READERS));
    }

    private static UUID toId(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException foreign) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "cursor-invalid");
        }
    }

    private static ShipmentPage toPage(List<Shipments.Row> rows, int limit) {
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        var page = new ShipmentPage(
                shown.stream().map(ShipmentsController::toAnswer).toList());
        return rows.size() > limit
                ? page.next(shown.getLast().shipment().freight().id().toString())
                : page;
    }

    private static ShipmentDetail toDetail(Shipments.Row row, List<ReportLog.Entry> log) {
        return new ShipmentDetail(
                toAnswer(row), log.stream().map(ShipmentsController::toLogged).toList());
    }

    private static LoggedReport toLogged(ReportLog.Entry entry) {
        return new LoggedReport(
                entry.eventId(),
                entry.courierStatus(),
                ShipmentStatus.fromValue(entry.status()),
                LoggedReport.OutcomeEnum.fromValue(entry.outcome()),
                LoggedReport.SourceEnum.fromValue(entry.source()),
                entry.occurredAt(),
                entry.receivedAt());
    }

    private static ShipmentSummary toAnswer(Shipments.Row row) {
        return switch (row.shipment()) {
            case ToBook waiting ->
                toAnswer(row, ShipmentState.TO_BOOK, Tracking.START).bookingProblem(waiting.problem());
            case Refused refused ->
                toAnswer(row, ShipmentState.REFUSED, Tracking.REFUSED).bookingProblem(refused.reason());
            case Booked booked ->
                toAnswer(row, ShipmentState.BOOKED, booked.tracking())
                        .waybill(booked.waybill())
                        .bookedAt(booked.bookedAt())
                        .statusAt(booked.tracking().at());
        };
    }

    private static ShipmentSummary toAnswer(Shipments.Row row, ShipmentState state, Tracking tracking) {
        var freight = row.shipment().freight();
        return new ShipmentSummary(
                freight.id(),
                freight.groupBuy(),
                freight.title(),
                freight.carrier(),
                state,
                ShipmentStatus.fromValue(tracking.status().word()),
                tracking.sequence(),
                row.bookingAttempts(),
                freight.createdAt());
    }
}
