package io.linli.local.replay;

import io.linli.local.client.Dispatch.Hours;
import io.linli.local.client.Dispatch.Profile;
import io.linli.local.client.Dispatch.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// What a day with limited volunteers came to: figures, and a sentence for everything that is not as it has to be.
///
/// @param tasks every attempt is one
/// @param failed attempts for which nobody opened
/// @param later parcels that were delivered by a later attempt
record RealDay(
        int volunteers,
        int tasks,
        int delivered,
        int failed,
        int cancelled,
        int later,
        Spread minutes,
        Spread carried,
        DayBook.Seen seen,
        List<String> findings) {

    private static final Set<String> FINAL = Set.of("delivered", "failed", "cancelled");

    /// @param tasks all there are, in any state
    /// @param hours of every volunteer on the roster
    static RealDay of(List<Task> tasks, List<Profile> profiles, Map<UUID, Hours> hours, DayBook.Seen seen) {
        var delivered = in(tasks, "delivered");
        var byVolunteer = delivered.stream()
                .collect(Collectors.groupingBy(
                        task -> Objects.requireNonNull(task.volunteerId()), Collectors.counting()));
        var findings = new ArrayList<>(seen.findings());
        findings.addAll(open(tasks));
        findings.addAll(deliveredTwice(delivered));
        findings.addAll(overworked(profiles, hours));
        findings.addAll(wronglyCredited(byVolunteer, hours));
        return new RealDay(
                hours.size(),
                tasks.size(),
                delivered.size(),
                in(tasks, "failed").size(),
                in(tasks, "cancelled").size(),
                (int) delivered.stream().filter(task -> task.attempt() > 1).count(),
                Spread.of(hours.values().stream().map(Hours::minutes).toList()),
                Spread.of(hours.keySet().stream()
                        .map(one -> byVolunteer.getOrDefault(one, 0L))
                        .toList()),
                seen,
                List.copyOf(findings));
    }

    private static List<Task> in(List<Task> tasks, String state) {
        return tasks.stream().filter(task -> task.state().equals(state)).toList();
    }

    private static List<String> open(List<Task> tasks) {
        return tasks.stream()
                .filter(task -> !FINAL.contains(task.state()))
                .map(task -> "task " + task.id() + " is " + task.state() + ", not final")
                .toList();
    }

    private static List<String> deliveredTwice(List<Task> delivered) {
        var times = new HashMap<UUID, Integer>();
        delivered.forEach(task -> times.merge(task.parcelId(), 1, Integer::sum));
        return times.entrySet().stream()
                .filter(parcel -> parcel.getValue() > 1)
                .map(parcel -> "parcel " + parcel.getKey() + " was delivered " + parcel.getValue() + " times")
                .toList();
    }

    private static List<String> overworked(List<Profile> profiles, Map<UUID, Hours> hours) {
        var findings = new ArrayList<String>();
        for (var one : profiles) {
            var gave = hours.get(one.memberId());
            var most = one.minutesPerDayMax();
            if (gave != null && most != null && gave.minutes() > most) {
                findings.add(
                        "volunteer " + one.memberId() + " gave " + gave.minutes() + " minutes, the limit is " + most);
            }
            if (one.loadGrams() != 0) {
                findings.add("volunteer " + one.memberId() + " still holds " + one.loadGrams() + " g");
            }
        }
        return findings;
    }

    private static List<String> wronglyCredited(Map<UUID, Long> delivered, Map<UUID, Hours> hours) {
        var findings = new ArrayList<String>();
        hours.forEach((volunteer, credited) -> {
            long carried = delivered.getOrDefault(volunteer, 0L);
            if (credited.tasks() != carried) {
                findings.add("volunteer " + volunteer + " carried " + carried + " tasks out, credited are "
                        + credited.tasks());
            }
        });
        delivered.keySet().stream()
                .filter(volunteer -> !hours.containsKey(volunteer))
                .forEach(volunteer -> findings.add("volunteer " + volunteer + " is on no roster"));
        return findings;
    }
}
