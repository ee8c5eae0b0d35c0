package io.linli.partner.courier;

import io.linli.kit.data.Transactions;
import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import io.linli.partner.PartnerSettings;
import io.linli.partner.courier.Shipment.Command;
import io.linli.partner.courier.Shipment.Decision;
import io.linli.partner.courier.TrackingStatus.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// One report of a courier, from its webhook or from our asking: kept once, and moving the shipment only forward.
@Component
class RecordReport {
    private final Transactions transactions;
    private final Shipments shipments;
    private final ReportLog log;
    private final Outbox outbox;
    private final Clock clock;
    private final Duration silence;

    RecordReport(
            Transactions transactions,
            Shipments shipments,
            ReportLog log,
            Outbox outbox,
            Clock clock,
            PartnerSettings settings) {
        this.transactions = transactions;
        this.shipments = shipments;
        this.log = log;
        this.outbox = outbox;
        this.clock = clock;
        this.silence = Duration.ofMillis(settings.trackingSilenceMillis());
    }

    enum Result {
        KEPT,
        DUPLICATE,
        WAYBILL_UNKNOWN
    }

    Mono<Result> handle(String carrier, CourierReport report, ReportLog.Source source) {
        return transactions
                .acrossCommunities(() -> shipments.findByWaybill(carrier, report.waybill()))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(found -> found.isEmpty()
                        ? Mono.just(Result.WAYBILL_UNKNOWN)
                        : transactions.in(found.get().community(), () -> record(found.get(), report, source)));
    }

    private Mono<Result> record(Freight freight, CourierReport report, ReportLog.Source source) {
        var now = clock.instant();
        var command = new Command.Report(TrackingStatus.of(report.status()), report.occurredAt());
        return shipments.lock(freight.id()).flatMap(shipment -> {
            var decision = Shipment.decide(shipment, command, now);
            return log.add(freight, report, toOutcome(decision), source, now)
                    .flatMap(isNew -> isNew
                            ? apply(shipment, decision, now).thenReturn(Result.KEPT)
                            : Mono.just(Result.DUPLICATE));
        });
    }

    private Mono<Void> apply(Shipment before, Decision decision, Instant now) {
        return switch (decision) {
            case Decision.Accepted(var next, var events) ->
                shipments
                        .save(next, nextPoll(next, now))
                        .then(outbox.publish(events.stream()
                                .map(event ->
                                        new Event(next.freight().community(), event.type(), event.shipmentId(), event))
                                .toList()));
            case Decision.Rejected _ -> shipments.save(before, nextPoll(before, now));
        };
    }

    /// Whoever has just been heard of need not be asked for a while, and a shipment at its end never again.
    private @Nullable Instant nextPoll(Shipment shipment, Instant now) {
        boolean ended = shipment instanceof Shipment.Booked booked
                && booked.tracking().status().kind() == Kind.END;
        return ended ? null : now.plus(silence);
    }

    private static ReportLog.Outcome toOutcome(Decision decision) {
        return switch (decision) {
            case Decision.Accepted _ -> ReportLog.Outcome.MOVED;
            case Decision.Rejected(var reason) ->
                switch (reason) {
                    case NOT_UNDERSTOOD -> ReportLog.Outcome.NOT_UNDERSTOOD;
                    case LATE, ALREADY_BOOKED, ALREADY_REFUSED, NOT_BOOKED -> ReportLog.Outcome.LATE;
                };
        };
    }
}
