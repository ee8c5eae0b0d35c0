package io.linli.station.consignment;

import io.linli.kit.data.Ids;
import io.linli.kit.messaging.ComesEarly;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import io.linli.station.consignment.Consignment.Command;
import io.linli.station.consignment.Consignment.Decision;
import io.linli.station.consignment.Consignment.State;
import io.linli.station.consignment.ShipmentNews.GroupBuyFormed;
import io.linli.station.consignment.ShipmentNews.ShipmentBooked;
import io.linli.station.consignment.ShipmentNews.ShipmentStatusChanged;
import io.linli.station.parcel.ConsignmentParcels;
import io.linli.station.parcel.ExpectParcels;
import io.linli.station.parcel.ExpectedParcel;
import io.linli.station.parcel.Occasion;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Follows a group buy from its forming to the gate, in whatever order the news comes: what comes before the forming
/// waits, what is older than what is known changes nothing.
@Component
class FollowShipments {
    private static final Logger log = LoggerFactory.getLogger(FollowShipments.class);

    private final Consignments consignments;
    private final ExpectParcels expectParcels;
    private final ConsignmentParcels consignmentParcels;
    private final Clock clock;

    FollowShipments(
            Consignments consignments,
            ExpectParcels expectParcels,
            ConsignmentParcels consignmentParcels,
            Clock clock) {
        this.consignments = consignments;
        this.expectParcels = expectParcels;
        this.consignmentParcels = consignmentParcels;
        this.clock = clock;
    }

    @Bean
    Subscription shipmentSubscription() {
        return Subscription.queue("station.consignments")
                .on("group-buy.formed.v1", GroupBuyFormed.class, this::formed)
                .on("shipment.booked.v1", ShipmentBooked.class, this::booked)
                .on("shipment.status-changed.v1", ShipmentStatusChanged.class, this::statusChanged);
    }

    private Mono<Void> formed(Received<GroupBuyFormed> news) {
        var consignment = expected(news.data());
        var occasion = Occasion.heard(news.community(), "supplier", news.occurredAt(), clock.instant());
        return consignments
                .add(news.community(), consignment)
                .filter(Boolean::booleanValue)
                .flatMap(_ -> expectParcels.expect(
                        consignment.id(), consignment.groupBuyId(), perHousehold(news.data()), occasion));
    }

    private Consignment expected(GroupBuyFormed formed) {
        return new Consignment(
                Ids.next(),
                formed.groupBuyId(),
                formed.title(),
                formed.supplierName(),
                State.EXPECTED,
                null,
                clock.instant(),
                null,
                null,
                1);
    }

    private static List<ExpectedParcel> perHousehold(GroupBuyFormed formed) {
        return formed.orders().stream()
                .collect(Collectors.groupingBy(
                        GroupBuyFormed.Order::householdId, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(share -> toParcel(share.getKey(), share.getValue()))
                .toList();
    }

    private static ExpectedParcel toParcel(UUID household, List<GroupBuyFormed.Order> orders) {
        return new ExpectedParcel(
                household,
                orders.stream().map(GroupBuyFormed.Order::orderId).toList(),
                orders.stream().mapToLong(GroupBuyFormed.Order::weightGrams).sum(),
                orders.stream().anyMatch(GroupBuyFormed.Order::doorstep));
    }

    private Mono<Void> booked(Received<ShipmentBooked> news) {
        var data = news.data();
        return follow(news, new Command.Book(data.shipmentId(), data.carrier(), data.waybill()), news.occurredAt());
    }

    private Mono<Void> statusChanged(Received<ShipmentStatusChanged> news) {
        var data = news.data();
        var report = new Command.Report(
                data.shipmentId(), data.carrier(), data.waybill(), data.status(), data.sequence(), data.occurredAt());
        return follow(news, report, data.occurredAt());
    }

    private Mono<Void> follow(Received<? extends ShipmentNews> news, Command command, Instant occurredAt) {
        var groupBuy = news.data().groupBuyId();
        var occasion = Occasion.heard(news.community(), "courier", occurredAt, clock.instant());
        return consignments
                .lockOfGroupBuy(news.community(), groupBuy)
                .switchIfEmpty(Mono.error(() -> new ComesEarly("group buy " + groupBuy + " has not formed yet")))
                .flatMap(consignment -> switch (consignment.decide(command)) {
                    case Decision.Accepted accepted -> store(accepted, occasion);
                    case Decision.Rejected rejected -> {
                        log.debug(
                                "{} of group buy {} changes nothing: {}", news.type(), groupBuy, rejected.rejection());
                        yield Mono.empty();
                    }
                });
    }

    private Mono<Void> store(Decision.Accepted accepted, Occasion occasion) {
        var stored = consignments.store(occasion.community(), accepted.next());
        var consignment = accepted.next().id();
        return switch (accepted.forParcels()) {
            case NOTHING -> stored;
            case ARRIVE -> stored.then(consignmentParcels.arrive(consignment, occasion));
            case GIVE_UP -> stored.then(consignmentParcels.giveUp(consignment, occasion));
        };
    }
}
