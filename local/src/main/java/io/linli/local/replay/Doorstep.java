package io.linli.local.replay;

import io.linli.local.client.Crew;
import io.linli.local.client.Dispatch.Task;
import io.linli.local.client.OnceKnown;
import io.linli.local.client.Refused;
import io.linli.local.client.Station.Parcel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Volunteers accept what they are offered, collect it, put it at the door; the household confirms.
final class Doorstep {

    private static final List<String> OPEN = List.of("offered", "accepted", "collected", "dropped");

    private final Neighbourhood there;
    private final StepTimes times;
    private final Crew crew;

    Doorstep(Neighbourhood there, StepTimes times, Crew crew) {
        this.there = there;
        this.times = times;
        this.crew = crew;
    }

    private record Errand(Task task, Parcel parcel, UUID volunteer) {}

    /// One look at all open tasks; each is taken as far as it goes.
    void carry(List<Parcel> open) {
        Map<UUID, Parcel> parcels = new HashMap<>();
        open.stream().filter(Parcel::doorstep).forEach(parcel -> parcels.put(parcel.parcelId(), parcel));
        if (parcels.isEmpty()) {
            return;
        }
        var errands = OPEN.stream()
                .flatMap(state -> there.dispatch().all(there.coordinator, state).stream())
                .flatMap(task -> errand(task, parcels.get(task.parcelId())).stream())
                .toList();
        crew.each(errands, this::carry);
    }

    private static Optional<Errand> errand(Task task, @Nullable Parcel parcel) {
        var volunteer = task.volunteerId();
        return parcel == null || volunteer == null
                ? Optional.empty()
                : Optional.of(new Errand(task, parcel, volunteer));
    }

    private void carry(Errand errand) {
        if (errand.task().state().equals("offered")) {
            times.of(Step.DOORSTEP, () -> takeAllTheWay(errand));
        } else {
            takeAllTheWay(errand);
        }
    }

    private boolean takeAllTheWay(Errand errand) {
        return switch (errand.task().state()) {
            case "offered" -> accept(errand) && collect(errand) && drop(errand) && confirm(errand);
            case "accepted" -> collect(errand) && drop(errand) && confirm(errand);
            case "collected" -> drop(errand) && confirm(errand);
            case "dropped" -> confirm(errand);
            default -> false;
        };
    }

    private boolean accept(Errand errand) {
        var task = errand.task();
        var key = there.keys.of("accept", task.id(), errand.volunteer(), task.since());
        return unlessOutdated(() -> times.of(
                Step.ACCEPT, () -> there.dispatch().accept(there.volunteer(errand.volunteer()), task.id(), key)));
    }

    private boolean collect(Errand errand) {
        var volunteer = there.volunteer(errand.volunteer());
        var parcel = errand.parcel().parcelId();
        var task = errand.task().id();
        var key = there.keys.of("collect", task, errand.volunteer());
        return unlessOutdated(() -> times.of(
                Step.COLLECT,
                () -> OnceKnown.perform("not-your-task", () -> there.station().collect(volunteer, parcel, task, key))));
    }

    private boolean drop(Errand errand) {
        var volunteer = there.volunteer(errand.volunteer());
        var task = errand.task().id();
        var photo = "photos/" + task + ".jpg";
        var key = there.keys.of("drop", task);
        return unlessOutdated(() -> times.of(
                Step.DROP,
                () -> OnceKnown.perform(
                        "task-not-collected",
                        () -> there.dispatch().drop(volunteer, task, photo, sha256(photo), key))));
    }

    private boolean confirm(Errand errand) {
        var resident = there.resident(errand.parcel().householdId());
        var task = errand.task().id();
        var key = there.keys.of("confirm", task);
        return unlessOutdated(
                () -> times.of(Step.CONFIRM, () -> there.dispatch().confirm(resident, task, key)));
    }

    /// A conflict means that the task has moved on since we looked: the next round sees it as it is.
    private static boolean unlessOutdated(Runnable work) {
        try {
            work.run();
            return true;
        } catch (Refused refused) {
            if (refused.answer().status() != 409) {
                throw refused;
            }
            return false;
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
