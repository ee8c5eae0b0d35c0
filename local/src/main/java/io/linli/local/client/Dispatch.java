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

    public record Shift(UUID id, Instant startsAt, Instant endsAt) {}

    record NewShift(Instant startsAt, Instant endsAt) {}

    public record Task(
            UUID id,
            UUID parcelId,
            String label,
            String buildingName,
            int floor,
            String state,
            Instant since,
            @Nullable UUID volunteerId) {}

    record Proof(String kind, String reference, String sha256) {}

    record Drop(Proof proof) {}

    public Volunteer register(Person volunteer, long maxLoadGrams, String key) {
        return volunteer.post(community + "/volunteers", new NewVolunteer(maxLoadGrams), key, Volunteer.class);
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

    public Task task(Person asking, UUID task) {
        return asking.get(community + "/tasks/" + task, Task.class);
    }

    public Task accept(Person volunteer, UUID task, String key) {
        return volunteer.post(community + "/tasks/" + task + "/acceptance", null, key, Task.class);
    }

    public Task drop(Person volunteer, UUID task, String photo, String sha256, String key) {
        var body = new Drop(new Proof("photo", photo, sha256));
        return volunteer.post(community + "/tasks/" + task + "/drop", body, key, Task.class);
    }

    public Task confirm(Person resident, UUID task, String key) {
        return resident.post(community + "/tasks/" + task + "/confirmation", null, key, Task.class);
    }
}
