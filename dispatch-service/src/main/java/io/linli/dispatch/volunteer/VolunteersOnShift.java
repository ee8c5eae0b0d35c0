package io.linli.dispatch.volunteer;

import io.linli.dispatch.exposure.FindExposures;
import io.linli.dispatch.hours.SumHours;
import io.linli.dispatch.training.FindTrainings;
import io.linli.dispatch.training.TrainingKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Takes hold of the volunteers who are on shift and can carry more, until the transaction ends, and says what an
/// assignment has to know of each: four queries, however many they are.
@Component
public class VolunteersOnShift {

    private final Volunteers volunteers;
    private final FindTrainings findTrainings;
    private final FindExposures findExposures;
    private final SumHours sumHours;
    private final VolunteerSettings settings;

    VolunteersOnShift(
            Volunteers volunteers,
            FindTrainings findTrainings,
            FindExposures findExposures,
            SumHours sumHours,
            VolunteerSettings settings) {
        this.volunteers = volunteers;
        this.findTrainings = findTrainings;
        this.findExposures = findExposures;
        this.sumHours = sumHours;
        this.settings = settings;
    }

    private record Known(
            Map<UUID, Set<TrainingKind>> trainings, FindExposures.Week week, Map<UUID, SumHours.Given> given) {

        /// Nobody for whom the day is used up.
        Optional<OnShift> toOnShift(Volunteers.Ready ready) {
            var member = ready.member();
            var gave = given.getOrDefault(member, SumHours.Given.NOTHING);
            var left = minutesLeft(ready.abilities().minutesPerDayMax(), gave.today());
            if (left != null && left <= 0) {
                return Optional.empty();
            }
            return Optional.of(new OnShift(
                    member,
                    ready.x(),
                    ready.y(),
                    ready.freeGrams(),
                    ready.shiftEndsAt(),
                    ready.abilities(),
                    trainings.getOrDefault(member, Set.of()),
                    left,
                    week.of(member),
                    week.left(member),
                    gave.recently()));
        }

        private static @Nullable Long minutesLeft(@Nullable Integer max, long givenToday) {
            return max == null ? null : max - givenToday;
        }
    }

    /// Not among them: who is busy or away, and who has given all their minutes of today.
    public Mono<List<OnShift>> lock(UUID community, Instant now) {
        return volunteers
                .lockOnShift(community, now)
                .flatMap(ready -> ready.isEmpty() ? Mono.just(List.of()) : describe(ready, now));
    }

    /// The same without taking hold of them, and a bounded number.
    public Mono<List<OnShift>> find(UUID community, Instant now, int most) {
        return volunteers
                .findOnShift(community, now, most)
                .flatMap(ready -> ready.isEmpty() ? Mono.just(List.of()) : describe(ready, now));
    }

    private Mono<List<OnShift>> describe(List<Volunteers.Ready> ready, Instant now) {
        var members = ready.stream().map(Volunteers.Ready::member).toList();
        return findTrainings
                .valid(members, now)
                .flatMap(trainings -> Mono.zip(
                        findExposures.thisWeek(members, now),
                        sumHours.sum(members, settings.fairnessWindow(), now),
                        (week, given) -> new Known(trainings, week, given)))
                .map(known -> ready.stream()
                        .map(known::toOnShift)
                        .flatMap(Optional::stream)
                        .toList());
    }
}
