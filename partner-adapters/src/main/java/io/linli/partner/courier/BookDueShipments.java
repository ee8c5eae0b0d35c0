package io.linli.partner.courier;

import io.linli.kit.data.Transactions;
import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import io.linli.partner.PartnerSettings;
import io.linli.partner.courier.Shipment.Command;
import io.linli.partner.courier.Shipment.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Books what waits for it, for as long as it takes: a courier that is down only makes the waits longer. A crash after
/// the call books again under the same reference, which is the same booking.
@Component
class BookDueShipments {
    private static final Logger log = LoggerFactory.getLogger(BookDueShipments.class);

    private static final String FOREIGN_WAYBILL = "the courier gave a waybill that another shipment has";

    private final Transactions transactions;
    private final Shipments shipments;
    private final GenericCourier courier;
    private final Outbox outbox;
    private final Clock clock;
    private final PartnerSettings settings;

    BookDueShipments(
            Transactions transactions,
            Shipments shipments,
            GenericCourier courier,
            Outbox outbox,
            Clock clock,
            PartnerSettings settings) {
        this.transactions = transactions;
        this.shipments = shipments;
        this.courier = courier;
        this.outbox = outbox;
        this.clock = clock;
        this.settings = settings;
    }

    @Scheduled(fixedDelayString = "${linli.partner.booking-poll-millis}")
    Mono<Void> bookDue() {
        return transactions
                .acrossCommunities(this::claim)
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::book, settings.bookingParallel())
                .then()
                .onErrorResume(failure -> {
                    log.warn("booking pauses until the next round: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private Mono<List<Shipments.Row>> claim() {
        var now = clock.instant();
        return shipments.claimToBook(now, now.plusMillis(settings.bookingClaimMillis()), settings.bookingBatch());
    }

    private Mono<Void> book(Shipments.Row row) {
        return courier.requestBooking(row.shipment().freight())
                .flatMap(result -> record(row, toCommand(result)))
                .onErrorResume(
                        DataIntegrityViolationException.class, _ -> record(row, new Command.Postpone(FOREIGN_WAYBILL)))
                .onErrorResume(failure -> {
                    log.warn("booking {} waits for its claim to end: {}", id(row), failure.toString());
                    return Mono.empty();
                });
    }

    private Mono<Void> record(Shipments.Row row, Command command) {
        var freight = row.shipment().freight();
        return transactions.in(freight.community(), () -> store(freight, command, row.bookingAttempts()));
    }

    private static UUID id(Shipments.Row row) {
        return row.shipment().freight().id();
    }

    private Mono<Void> store(Freight freight, Command command, int attempts) {
        var now = clock.instant();
        return shipments
                .lock(freight.id())
                .map(shipment -> Shipment.decide(shipment, command, now))
                .flatMap(decision -> switch (decision) {
                    case Decision.Accepted(var next, var events) ->
                        shipments
                                .save(next, due(next, attempts, now))
                                .then(outbox.publish(events.stream()
                                        .map(event ->
                                                new Event(freight.community(), event.type(), event.shipmentId(), event))
                                        .toList()));
                    // Another replica was faster after our claim ran out; its answer is the same booking.
                    case Decision.Rejected _ -> Mono.empty();
                });
    }

    private Instant due(Shipment next, int attempts, Instant now) {
        return next instanceof Shipment.ToBook
                ? now.plus(backoff(attempts))
                : now.plusMillis(settings.trackingSilenceMillis());
    }

    private Duration backoff(int attempts) {
        long doubled = (long) settings.bookingRetryMinMillis() << Math.min(attempts - 1, 20);
        return Duration.ofMillis(Math.min(doubled, settings.bookingRetryMaxMillis()));
    }

    private static Command toCommand(BookingResult result) {
        return switch (result) {
            case BookingResult.Booked(var waybill) -> new Command.Book(waybill);
            case BookingResult.Refused(var reason) -> new Command.Refuse(reason);
            case BookingResult.Unavailable(var problem) -> new Command.Postpone(problem);
        };
    }
}
