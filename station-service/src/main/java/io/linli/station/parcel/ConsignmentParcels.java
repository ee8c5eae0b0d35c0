package io.linli.station.parcel;

import io.linli.kit.web.Problem;
import io.linli.station.household.Household;
import io.linli.station.household.Households;
import io.linli.station.parcel.Decision.Accepted;
import io.linli.station.parcel.ParcelState.Expected;
import io.linli.station.parcel.ParcelState.Failure;
import io.linli.station.shelving.Shelving;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What happens to all parcels of a consignment together; part of the caller's transaction, which holds the
/// consignment.
@Component
public class ConsignmentParcels {
    private final Parcels parcels;
    private final Households households;
    private final Shelving shelving;
    private final MoveParcels moveParcels;

    private record Held(Map<UUID, Household> households, List<Parcel> parcels) {}

    ConsignmentParcels(Parcels parcels, Households households, Shelving shelving, MoveParcels moveParcels) {
        this.parcels = parcels;
        this.households = households;
        this.shelving = shelving;
        this.moveParcels = moveParcels;
    }

    public Mono<List<Parcel>> find(UUID community, UUID consignment) {
        return parcels.findOfConsignment(community, consignment);
    }

    /// The courier has brought them to the gate.
    public Mono<Void> arrive(UUID consignment, Occasion occasion) {
        return moveExpected(consignment, new Command.Arrive(), occasion);
    }

    /// The courier will never bring them.
    public Mono<Void> giveUp(UUID consignment, Occasion occasion) {
        return moveExpected(consignment, new Command.Fail(Failure.UNDELIVERABLE), occasion);
    }

    private Mono<Void> moveExpected(UUID consignment, Command command, Occasion occasion) {
        return parcels.lockOfConsignment(occasion.community(), consignment)
                .map(found -> found.stream()
                        .filter(parcel -> parcel.state() instanceof Expected)
                        .map(parcel -> parcel.decide(command))
                        .filter(Accepted.class::isInstance)
                        .map(Accepted.class::cast)
                        .toList())
                .flatMap(steps -> moveParcels.move(steps, occasion));
    }

    /// Shelves what is at the gate, except what is named. *Errors:* 422 `parcel-not-in-consignment`,
    /// 422 `missing-and-damaged`.
    public Mono<IntakeCounts> takeIn(UUID consignment, Set<UUID> missing, Set<UUID> damaged, Occasion occasion) {
        return hold(consignment, occasion.community())
                .doOnNext(held -> checkNamed(held.parcels(), missing, damaged))
                .map(held -> Intake.sort(held.parcels(), held.households(), missing, damaged))
                .flatMap(intake -> perform(intake, occasion));
    }

    private Mono<Held> hold(UUID consignment, UUID community) {
        return parcels.findHouseholds(community, consignment)
                .flatMap(ids -> households.lock(community, ids))
                .zipWhen(_ -> parcels.lockOfConsignment(community, consignment), Held::new);
    }

    private static void checkNamed(List<Parcel> parcels, Set<UUID> missing, Set<UUID> damaged) {
        var strangers = new HashSet<>(missing);
        strangers.addAll(damaged);
        strangers.removeAll(parcels.stream().map(Parcel::id).collect(Collectors.toSet()));
        if (!strangers.isEmpty()) {
            throw Problem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "parcel-not-in-consignment",
                    strangers.iterator().next().toString());
        }
        if (!Collections.disjoint(missing, damaged)) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "missing-and-damaged");
        }
    }

    private Mono<IntakeCounts> perform(Intake intake, Occasion occasion) {
        return shelving.reserve(occasion.community(), intake.loads())
                .flatMap(labels ->
                        moveParcels.move(intake.steps(labels), occasion).thenReturn(intake.counts(labels)));
    }
}
