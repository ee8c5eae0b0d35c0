package io.linli.local.replay;

import io.linli.local.client.Dispatch;
import io.linli.local.client.Keys;
import io.linli.local.client.Person;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The volunteers of a replay, on duty, with their limits.
final class Volunteers {

    private static final Duration DUTY = Duration.ofHours(12);

    private final Roster roster;
    private final Map<UUID, Person> persons = new LinkedHashMap<>();
    private final Map<UUID, Roster.Limits> limits = new LinkedHashMap<>();

    Volunteers(Roster roster) {
        this.roster = roster;
    }

    /// Makes the next person, once they are a member, a volunteer on duty.
    void add(UUID member, Person person, Dispatch dispatch, Clock clock, Keys keys) {
        var own = roster.limits(persons.size());
        var now = clock.instant();
        dispatch.register(person, own.loadGrams(), keys.of("carrier", person.phone()));
        if (roster.isRealDay()) {
            var key = keys.of("profile", person.phone());
            dispatch.describe(person, List.of(), own.floorsOrNone(), own.minutesOrNone(), key);
        }
        dispatch.beOnDuty(person, now, now.plus(DUTY), keys);
        persons.put(member, person);
        limits.put(member, own);
    }

    Roster roster() {
        return roster;
    }

    Person get(UUID member) {
        return Objects.requireNonNull(persons.get(member), "a volunteer of another undertaking");
    }

    /// Somebody else, the next on the list.
    Person rival(UUID member) {
        var all = new ArrayList<>(persons.keySet());
        return get(all.get((all.indexOf(member) + 1) % all.size()));
    }

    Map<UUID, Roster.Limits> limits() {
        return limits;
    }
}
