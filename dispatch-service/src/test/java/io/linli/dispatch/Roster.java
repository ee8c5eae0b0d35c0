package io.linli.dispatch;

import io.linli.dispatch.api.ShiftPlaceEntry;
import io.linli.dispatch.api.ShiftPlanEntry;
import io.linli.dispatch.api.TrainingRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Trainings and planned shifts in a compound.
public record Roster(Compound compound) {

    public static final LocalDate DAY_OF_PLANS =
            LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).plusDays(3);

    /// A training of yesterday that counts for a month.
    public UUID training(Compound.Member coordinator, Compound.Member volunteer, String kind) {
        var now = Instant.now();
        var body = Map.of(
                "kind", kind,
                "trainedAt", now.minus(Duration.ofDays(1)),
                "validUntil", now.plus(Duration.ofDays(30)));
        return compound.post(coordinator, "/volunteers/" + volunteer.id() + "/trainings", body)
                .expectStatus()
                .isCreated()
                .expectBody(TrainingRecord.class)
                .returnResult()
                .getResponseBody()
                .getId();
    }

    /// A plan with one place, on the day of plans.
    public UUID plan() {
        var body = Map.of(
                "weekday",
                DAY_OF_PLANS.getDayOfWeek().name().toLowerCase(Locale.ROOT),
                "startsLocal",
                "08:00",
                "endsLocal",
                "10:00",
                "places",
                1,
                "validFrom",
                DAY_OF_PLANS,
                "validUntil",
                DAY_OF_PLANS);
        return compound.post(compound.member("coordinator"), "/shifts/plans", body)
                .expectStatus()
                .isCreated()
                .expectBody(ShiftPlanEntry.class)
                .returnResult()
                .getResponseBody()
                .getId();
    }

    public UUID place(Compound.Member volunteer, UUID plan) {
        return compound.post(volunteer, "/shifts/plans/" + plan + "/places", Map.of("day", DAY_OF_PLANS))
                .expectStatus()
                .isCreated()
                .expectBody(ShiftPlaceEntry.class)
                .returnResult()
                .getResponseBody()
                .getId();
    }
}
