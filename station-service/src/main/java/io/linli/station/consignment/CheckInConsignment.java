package io.linli.station.consignment;

import io.linli.kit.web.Problem;
import io.linli.station.consignment.Consignment.Command;
import io.linli.station.consignment.Consignment.Decision;
import io.linli.station.consignment.Consignment.Rejection;
import io.linli.station.parcel.ConsignmentParcels;
import io.linli.station.parcel.IntakeCounts;
import io.linli.station.parcel.Occasion;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A keeper takes a consignment in, and later tries again what found no slot; part of the caller's transaction.
@Component
class CheckInConsignment {
    private final Consignments consignments;
    private final ConsignmentParcels parcels;

    CheckInConsignment(Consignments consignments, ConsignmentParcels parcels) {
        this.consignments = consignments;
        this.parcels = parcels;
    }

    /// *Errors:* 404 `consignment-unknown`, 409 `consignment-not-arrived`, 409 `consignment-checked-in`, 422 as
    /// [ConsignmentParcels#takeIn] says.
    Mono<IntakeCounts> checkIn(UUID consignment, Set<UUID> missing, Set<UUID> damaged, Occasion occasion) {
        return decide(consignment, new Command.CheckIn(occasion.occurredAt()), occasion)
                .flatMap(accepted -> consignments.store(occasion.community(), accepted.next()))
                .then(Mono.defer(() -> parcels.takeIn(consignment, missing, damaged, occasion)));
    }

    /// *Errors:* 404 `consignment-unknown`, 409 `consignment-not-checked-in`.
    Mono<IntakeCounts> shelveAgain(UUID consignment, Occasion occasion) {
        return decide(consignment, new Command.ShelveAgain(), occasion)
                .flatMap(_ -> parcels.takeIn(consignment, Set.of(), Set.of(), occasion));
    }

    private Mono<Decision.Accepted> decide(UUID consignment, Command command, Occasion occasion) {
        return consignments
                .lock(occasion.community(), consignment)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "consignment-unknown")))
                .map(found -> switch (found.decide(command)) {
                    case Decision.Accepted accepted -> accepted;
                    case Decision.Rejected rejected -> throw toProblem(rejected.rejection());
                });
    }

    private static Problem toProblem(Rejection rejection) {
        return Problem.of(
                HttpStatus.CONFLICT,
                switch (rejection) {
                    case NOT_ARRIVED -> "consignment-not-arrived";
                    case NOT_CHECKED_IN -> "consignment-not-checked-in";
                    case ALREADY_CHECKED_IN, OLD_NEWS, OTHER_SHIPMENT -> "consignment-checked-in";
                });
    }
}
