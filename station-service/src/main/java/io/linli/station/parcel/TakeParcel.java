package io.linli.station.parcel;

import io.linli.kit.web.Problem;
import io.linli.station.parcel.Decision.Accepted;
import io.linli.station.parcel.Decision.Rejected;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// One parcel leaves the shelf by hand: a volunteer collects it, or a keeper writes it off.
@Component
class TakeParcel {
    private final Parcels parcels;
    private final HouseholdParcels householdParcels;
    private final MoveParcels moveParcels;

    TakeParcel(Parcels parcels, HouseholdParcels householdParcels, MoveParcels moveParcels) {
        this.parcels = parcels;
        this.householdParcels = householdParcels;
        this.moveParcels = moveParcels;
    }

    /// *Errors:* 404 `parcel-unknown`, 409 as [Refusals] says.
    Mono<Parcel> take(UUID parcel, Command command, Occasion occasion) {
        return hold(occasion.community(), parcel).flatMap(held -> switch (held.decide(command)) {
            case Accepted step -> moveParcels.move(List.of(step), occasion).thenReturn(step.next());
            case Rejected rejected -> Mono.error(Refusals.toProblem(rejected.rejection()));
        });
    }

    /// The household first, then the parcel: the order in which everybody locks.
    private Mono<Parcel> hold(UUID community, UUID parcel) {
        return parcels.find(community, parcel)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "parcel-unknown")))
                .flatMap(found -> householdParcels.lock(community, found.householdId()))
                .then(Mono.defer(() -> parcels.lock(community, parcel)));
    }
}
