package io.linli.partner.courier;

import io.linli.kit.data.Transactions;
import io.linli.partner.PartnerSettings;
import io.linli.partner.courier.Shipment.Booked;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The net below the webhooks: a courier that said nothing about a shipment for a while is asked.
@Component
class AskSilentCouriers {
    private static final Logger log = LoggerFactory.getLogger(AskSilentCouriers.class);

    private final Transactions transactions;
    private final Shipments shipments;
    private final GenericCourier courier;
    private final RecordReport recordReport;
    private final Clock clock;
    private final PartnerSettings settings;

    AskSilentCouriers(
            Transactions transactions,
            Shipments shipments,
            GenericCourier courier,
            RecordReport recordReport,
            Clock clock,
            PartnerSettings settings) {
        this.transactions = transactions;
        this.shipments = shipments;
        this.courier = courier;
        this.recordReport = recordReport;
        this.clock = clock;
        this.settings = settings;
    }

    @Scheduled(fixedDelayString = "${linli.partner.tracking-poll-millis}")
    Mono<Void> askDue() {
        return transactions
                .acrossCommunities(this::claim)
                .flatMapMany(Flux::fromIterable)
                .map(Shipments.Row::shipment)
                .ofType(Booked.class)
                .concatMap(this::ask)
                .then()
                .onErrorResume(failure -> {
                    log.warn("asking pauses until the next round: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private Mono<List<Shipments.Row>> claim() {
        var now = clock.instant();
        return shipments.claimSilent(now, now.plusMillis(settings.trackingSilenceMillis()), settings.trackingBatch());
    }

    private Mono<Void> ask(Booked booked) {
        return courier.requestReports(booked.waybill())
                .flatMapIterable(result -> toReports(booked, result))
                .concatMap(report -> recordReport.handle(booked.freight().carrier(), report, ReportLog.Source.POLL))
                .then()
                .onErrorResume(failure -> {
                    log.warn("what is said about {} is asked again later: {}", booked.waybill(), failure.toString());
                    return Mono.empty();
                });
    }

    private static List<CourierReport> toReports(Booked booked, TrackingResult result) {
        return switch (result) {
            case TrackingResult.Tracked(var reports) ->
                reports.stream()
                        .filter(report -> report.waybill().equals(booked.waybill()))
                        .toList();
            case TrackingResult.Unavailable(var problem) -> {
                log.warn("no answer about {}: {}", booked.waybill(), problem);
                yield List.of();
            }
        };
    }
}
