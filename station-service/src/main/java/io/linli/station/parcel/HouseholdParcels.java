package io.linli.station.parcel;

import io.linli.kit.web.Problem;
import io.linli.station.household.Households;
import io.linli.station.parcel.Decision.Accepted;
import io.linli.station.parcel.Decision.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What waits on the shelf for a household, and its hand-over; part of the caller's transaction.
@Component
public class HouseholdParcels {
    private final Parcels parcels;
    private final Households households;
    private final MoveParcels moveParcels;

    HouseholdParcels(Parcels parcels, Households households, MoveParcels moveParcels) {
        this.parcels = parcels;
        this.households = households;
        this.moveParcels = moveParcels;
    }

    public Mono<List<Parcel>> findReady(UUID community, UUID household) {
        return parcels.findReady(community, household);
    }

    /// Keeps everybody else from the household's shelf until the end of the transaction.
    public Mono<Void> lock(UUID community, UUID household) {
        return households.lock(community, Set.of(household)).then();
    }

    /// The parcel that carries or last carried this label.
    public Mono<Parcel> findByLabel(UUID community, String label) {
        return parcels.findByLabel(community, label);
    }

    /// Hands over what is named, or everything on the shelf when nothing is; each parcel once, all or none.
    /// *Errors:* 409 as [Refusals] says, 422 `parcel-of-another-household`.
    public Mono<List<Parcel>> handOver(UUID household, Set<UUID> named, Occasion occasion) {
        var community = occasion.community();
        return lock(community, household)
                .then(parcels.lockOfHousehold(community, household, named))
                .map(found -> decide(found, named))
                .flatMap(steps -> moveParcels
                        .move(steps, occasion)
                        .thenReturn(steps.stream().map(Accepted::next).toList()));
    }

    private static List<Accepted> decide(List<Parcel> found, Set<UUID> named) {
        var wanted = found.stream()
                .filter(parcel -> named.isEmpty() || named.contains(parcel.id()))
                .toList();
        if (!wanted.stream().map(Parcel::id).collect(Collectors.toSet()).containsAll(named)) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "parcel-of-another-household");
        }
        if (wanted.isEmpty()) {
            throw Problem.of(HttpStatus.CONFLICT, "already-handed-over");
        }
        var steps = new ArrayList<Accepted>();
        for (var parcel : wanted) {
            switch (parcel.decide(new Command.HandOver())) {
                case Accepted step -> steps.add(step);
                case Rejected rejected -> throw Refusals.toProblem(rejected.rejection());
            }
        }
        return steps;
    }
}
