package io.linli.station.parcel;

import io.linli.station.household.Household;
import io.linli.station.parcel.Decision.Accepted;
import io.linli.station.parcel.ParcelState.Arrived;
import io.linli.station.parcel.ParcelState.Failure;
import io.linli.station.shelving.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What becomes of the parcels at the gate: which fail, which want a slot, and which cannot be decided yet. Pure.
record Intake(
        List<Accepted> missing,
        List<Accepted> damaged,
        List<Accepted> refused,
        List<Parcel> toShelve,
        List<Parcel> undecided,
        Map<UUID, Household> households) {

    /// @param households those that are known; a household that is not yet known cannot have consented
    static Intake sort(List<Parcel> parcels, Map<UUID, Household> households, Set<UUID> missing, Set<UUID> damaged) {
        var intake = new Intake(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                households);
        parcels.stream()
                .filter(parcel -> parcel.state() instanceof Arrived)
                .forEach(parcel -> intake.add(parcel, missing, damaged));
        return intake;
    }

    private void add(Parcel parcel, Set<UUID> named, Set<UUID> broken) {
        var household = households.get(parcel.householdId());
        if (named.contains(parcel.id())) {
            fail(parcel, Failure.MISSING, missing);
        } else if (broken.contains(parcel.id())) {
            fail(parcel, Failure.DAMAGED, damaged);
        } else if (household == null) {
            undecided.add(parcel);
        } else if (household.stationConsent()) {
            toShelve.add(parcel);
        } else {
            fail(parcel, Failure.REFUSED, refused);
        }
    }

    private static void fail(Parcel parcel, Failure failure, List<Accepted> failed) {
        if (parcel.decide(new Command.Fail(failure)) instanceof Accepted step) {
            failed.add(step);
        }
    }

    List<Load> loads() {
        return toShelve.stream()
                .map(parcel -> new Load(parcel.id(), parcel.householdId(), parcel.weightGrams()))
                .toList();
    }

    /// All steps, once it is known which parcels got a label.
    List<Accepted> steps(Map<UUID, String> labels) {
        var steps = new ArrayList<Accepted>();
        steps.addAll(missing);
        steps.addAll(damaged);
        steps.addAll(refused);
        for (var parcel : toShelve) {
            var label = labels.get(parcel.id());
            var household = households.get(parcel.householdId());
            if (label != null
                    && household != null
                    && parcel.decide(new Command.Shelve(label, recipient(household))) instanceof Accepted step) {
                steps.add(step);
            }
        }
        return steps;
    }

    static Recipient recipient(Household household) {
        return new Recipient(household.buildingId(), household.floor(), household.doorstep(), household.closed());
    }

    IntakeCounts counts(Map<UUID, String> labels) {
        return new IntakeCounts(
                labels.size(),
                missing.size(),
                damaged.size(),
                refused.size(),
                undecided.size() + toShelve.size() - labels.size());
    }
}
