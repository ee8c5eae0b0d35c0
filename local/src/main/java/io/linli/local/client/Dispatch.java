package io.linli.local.client;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the seed, the demo and the replay ask of dispatch-service.
public final class Dispatch {

    private final String community;

    public Dispatch(UUID community) {
        this.community = Registry.path(community);
    }

    public record Volunteer(UUID memberId, long maxLoadGrams) {}

    record NewVolunteer(long maxLoadGrams) {}

    /// What a volunteer takes on. *Units*: grams, floors without a lift, minutes in a day; absent is no limit.
    public record Profile(
            UUID memberId,
            long maxLoadGrams,
            long loadGrams,
            @Nullable Integer floorsOnFootMax,
            @Nullable Integer minutesPerDayMax) {}

    record Abilities(
            List<String> skills,
            @Nullable Integer floorsOnFootMax,
            @Nullable Integer minutesPerDayMax) {}

    public record Shift(UUID id, Instant startsAt, Instant endsAt) {}

    record NewShift(Instant startsAt, Instant endsAt) {}

    public record Task(
            UUID id,
            UUID parcelId,
            String label,
            UUID buildingId,
            String buildingName,
            int floor,
            long weightGrams,
            int attempt,
            String state,
            Instant since,
            @Nullable UUID volunteerId,
            @Nullable String failureReason) {}

    /// `photo` has both; of a `code` or a `voice` the reference may say more.
    public record Proof(
            String kind,
            @Nullable String reference,
            @Nullable String sha256) {}

    record Drop(Proof proof) {}

    record Failure(String reason) {}

    record Stop(UUID taskId) {}

    record Route(List<Stop> stops) {}

    /// *Units*: whole minutes; `tasks` are those that were credited.
    public record Hours(long minutes, long tasks) {}

    record Correction(int minutes, String reason, Instant countsAt) {}

    public Volunteer register(Person volunteer, long maxLoadGrams, String key) {
        return volunteer.post(community + "/volunteers", new NewVolunteer(maxLoadGrams), key, Volunteer.class);
    }

    public Profile describe(
            Person volunteer,
            List<String> skills,
            @Nullable Integer floorsOnFootMax,
            @Nullable Integer minutesPerDayMax,
            String key) {
        var abilities = new Abilities(skills, floorsOnFootMax, minutesPerDayMax);
        return volunteer.put(community + "/volunteers/me/profile", abilities, key, Profile.class);
    }

    public List<Profile> volunteers(Person coordinator) {
        return coordinator.all(community + "/volunteers", Profile.class);
    }

    public Hours hours(Person coordinator, UUID volunteer, Instant from, Instant to) {
        var path = community + "/volunteers/" + volunteer + "/hours/totals?from=" + from + "&to=" + to;
        return coordinator.get(path, Hours.class);
    }

    public void correctHours(
            Person coordinator, UUID volunteer, int minutes, String reason, Instant countsAt, String key) {
        var path = community + "/volunteers/" + volunteer + "/hours/corrections";
        coordinator.post(path, new Correction(minutes, reason, countsAt), key, Registry.Anything.class);
    }

    /// Makes sure the volunteer is on duty now, and until `to`.
    public void beOnDuty(Person volunteer, Instant now, Instant to, Keys keys) {
        var shifts = volunteer.all(community + "/shifts", Shift.class);
        var last = shifts.stream().map(Shift::endsAt).max(Instant::compareTo).filter(end -> end.isAfter(now));
        boolean carries = shifts.stream().anyMatch(shift -> !shift.startsAt().isAfter(now));
        if (carries && last.filter(end -> !end.isBefore(to)).isPresent()) {
            return;
        }
        var start = carries ? last.orElse(now) : now;
        var key = keys.of("shift", volunteer.phone(), start);
        volunteer.post(community + "/shifts", new NewShift(start, to), key, Shift.class);
    }

    public List<Task> mine(Person volunteer, String state) {
        return volunteer.all(community + "/tasks?view=mine&state=" + state, Task.class);
    }

    public List<Task> all(Person coordinator, String state) {
        return coordinator.all(community + "/tasks?view=all&state=" + state, Task.class);
    }

    public List<Task> all(Person coordinator) {
        return coordinator.all(community + "/tasks?view=all", Task.class);
    }

    /// The tasks in the volunteer's hands, in the order in which to go.
    public List<UUID> route(Person volunteer) {
        return volunteer.get(community + "/routes/me", Route.class).stops().stream()
                .map(Stop::taskId)
                .toList();
    }

    public Task task(Person asking, UUID task) {
        return asking.get(community + "/tasks/" + task, Task.class);
    }

    public Task accept(Person volunteer, UUID task, String key) {
        return volunteer.post(community + "/tasks/" + task + "/acceptance", null, key, Task.class);
    }

    public Task drop(Person volunteer, UUID task, String photo, String sha256, String key) {
        return drop(volunteer, task, new Proof("photo", photo, sha256), key);
    }

    public Task drop(Person volunteer, UUID task, Proof proof, String key) {
        return volunteer.post(community + "/tasks/" + task + "/drop", new Drop(proof), key, Task.class);
    }

    public Task fail(Person volunteer, UUID task, String reason, String key) {
        return volunteer.post(community + "/tasks/" + task + "/failure", new Failure(reason), key, Task.class);
    }

    public Task confirm(Person resident, UUID task, String key) {
        return resident.post(community + "/tasks/" + task + "/confirmation", null, key, Task.class);
    }
}
