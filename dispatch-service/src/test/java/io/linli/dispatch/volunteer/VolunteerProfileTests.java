package io.linli.dispatch.volunteer;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.Compound;
import io.linli.dispatch.DispatchApplication;
import io.linli.dispatch.Roster;
import io.linli.dispatch.api.TaskState;
import io.linli.dispatch.exposure.RecordExposure;
import io.linli.dispatch.hours.CreditHours;
import io.linli.dispatch.training.TrainingKind;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;

class VolunteerProfileTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CLOSED_MAX = 3;

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "50ms")
            .with("linli.dispatch.exposure.closed-buildings-per-week-max", String.valueOf(CLOSED_MAX));

    private final Instant now = Instant.now();
    private Compound compound;
    private Compound.Member volunteer;
    private Compound.Member coordinator;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        volunteer = compound.volunteer(5_000);
        coordinator = compound.member("coordinator");
    }

    private <T> T in(Supplier<Mono<T>> work) {
        return service.bean(Transactions.class).in(compound.community, work).block(LIMIT);
    }

    private List<OnShift> onShift(Instant at) {
        return in(() -> service.bean(VolunteersOnShift.class).lock(compound.community, at));
    }

    private RecordExposure.Result enter(UUID building, Instant at) {
        return in(() -> service.bean(RecordExposure.class).record(compound.community, volunteer.id(), building, at));
    }

    @Test
    void a_volunteer_says_what_they_can_do_and_the_coordinator_reads_it() {
        var building = compound.building("1", 10, 0);
        var profile = Map.of(
                "skills",
                List.of("medicine", "elder-care"),
                "buildingIds",
                List.of(building),
                "floorsOnFootMax",
                3,
                "minutesPerDayMax",
                90,
                "tripsMax",
                2);

        Await.until(
                LIMIT,
                () -> compound.put(volunteer, "/volunteers/me/profile", profile)
                        .returnResult(String.class)
                        .getStatus()
                        .is2xxSuccessful());

        compound.get(coordinator, "/volunteers/" + volunteer.id())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.skills")
                .isEqualTo(List.of("medicine", "elder-care"))
                .jsonPath("$.buildingIds[0]")
                .isEqualTo(building.toString())
                .jsonPath("$.floorsOnFootMax")
                .isEqualTo(3)
                .jsonPath("$.busy")
                .isEqualTo(false);
        var other = compound.volunteer(1_000);
        compound.get(other, "/volunteers/" + volunteer.id()).expectStatus().isForbidden();
        refused(compound.get(coordinator, "/volunteers/" + UUID.randomUUID()), 404, "volunteer-not-found");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        var unknown = Map.of("skills", List.of(), "buildingIds", List.of(UUID.randomUUID()));
        refused(compound.put(volunteer, "/volunteers/me/profile", unknown), 422, "building-unknown");
        refused(pause(now.minusSeconds(1)), 422, "pause-over");
        refused(pause(now.plus(Duration.ofDays(366))), 422, "pause-too-long");
        compound.put(volunteer, "/volunteers/me/profile", Map.of("skills", List.of("flying")))
                .expectStatus()
                .isBadRequest();
        compound.put(compound.member("resident"), "/volunteers/me/profile", Map.of("skills", List.of()))
                .expectStatus()
                .isForbidden();
    }

    private ResponseSpec pause(Instant until) {
        return compound.put(volunteer, "/volunteers/me/availability", Map.of("busy", false, "pausedUntil", until));
    }

    private static void refused(ResponseSpec answer, int status, String problem) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.type").isEqualTo("/problems/" + problem);
    }

    @Test
    void who_is_busy_keeps_what_they_hold_and_is_offered_nothing_until_they_are_back() {
        var building = compound.building("1", 10, 0);
        var held = compound.ready(building, 100);
        compound.accepted(volunteer, held);
        busy(true);
        var next = compound.ready(building, 100);

        compound.await(coordinator, next, TaskState.WAITING);
        assertThat(onShift(now)).isEmpty();
        compound.await(volunteer, held, TaskState.ACCEPTED);

        busy(false);
        compound.await(volunteer, next, TaskState.OFFERED);
    }

    private void busy(boolean busy) {
        compound.put(volunteer, "/volunteers/me/availability", Map.of("busy", busy))
                .expectStatus()
                .isOk();
    }

    @Test
    void who_is_away_is_offered_nothing_before_the_day() {
        pause(now.plusSeconds(600)).expectStatus().isOk();

        assertThat(onShift(now)).isEmpty();
        assertThat(onShift(now.plusSeconds(600))).hasSize(1);
    }

    @Test
    void trainings_count_while_they_are_valid_and_not_revoked() {
        var drill = new Roster(compound).training(coordinator, volunteer, "drill");
        new Roster(compound).training(coordinator, volunteer, "hygiene");
        service.jdbc()
                .sql(
                        "UPDATE training SET valid_until = now() - interval '1 minute' WHERE kind = 'hygiene' AND member_id = ?")
                .param(volunteer.id())
                .update();
        assertThat(onShift(now).getFirst().trainings()).containsExactly(TrainingKind.DRILL);

        var path = "/volunteers/" + volunteer.id() + "/trainings";
        compound.post(coordinator, path + "/" + drill + "/revocation")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.revokedBy")
                .isEqualTo(coordinator.id().toString());

        assertThat(onShift(now).getFirst().trainings()).isEmpty();
        compound.get(volunteer, path).expectBody().jsonPath("$.items.length()").isEqualTo(2);
        refused(compound.get(compound.volunteer(1_000), path), 404, "volunteer-not-found");
        refused(compound.post(coordinator, path + "/" + UUID.randomUUID() + "/revocation"), 404, "training-not-found");
    }

    @Test
    void only_a_coordinator_records_a_training_and_only_of_a_volunteer() {
        var body = Map.of("kind", "lifting", "trainedAt", now.minusSeconds(60), "validUntil", now.plusSeconds(60));
        compound.post(volunteer, "/volunteers/" + volunteer.id() + "/trainings", body)
                .expectStatus()
                .isForbidden();
        refused(
                compound.post(coordinator, "/volunteers/" + UUID.randomUUID() + "/trainings", body),
                404,
                "volunteer-not-found");
        refused(
                compound.post(
                        coordinator,
                        "/volunteers/" + volunteer.id() + "/trainings",
                        Map.of("kind", "lifting", "trainedAt", now, "validUntil", now.plus(Duration.ofDays(9999)))),
                422,
                "training-too-long");
    }

    @Test
    void whoever_gave_their_minutes_of_today_is_offered_nothing_more() {
        compound.put(volunteer, "/volunteers/me/profile", Map.of("skills", List.of("repair"), "minutesPerDayMax", 60))
                .expectStatus()
                .isOk();
        var noon = Instant.parse("2026-11-22T04:00:00Z");
        shift(noon);
        credit(noon.minus(Duration.ofDays(1)), 30);
        credit(noon, 20);

        var known = onShift(noon).getFirst();
        assertThat(known.minutesLeftToday()).isEqualTo(40);
        assertThat(known.minutesGiven()).isEqualTo(50);
        assertThat(known.abilities().skills()).containsExactly(Skill.REPAIR);
        assertThat(known.shiftEndsAt()).isEqualTo(noon.plusSeconds(3600));

        credit(noon.plusSeconds(3600), 40);
        assertThat(onShift(noon)).isEmpty();
    }

    private void shift(Instant from) {
        service.jdbc()
                .sql("UPDATE shift SET starts_at = ?::timestamptz, ends_at = ?::timestamptz WHERE member_id = ?")
                .params(from.toString(), from.plusSeconds(3600).toString(), volunteer.id())
                .update();
    }

    private void credit(Instant to, int minutes) {
        in(() -> service.bean(CreditHours.class)
                .credit(compound.community, volunteer.id(), UUID.randomUUID(), to.minusSeconds(60L * minutes), to));
    }

    @Test
    void a_volunteer_enters_so_many_closed_buildings_in_seven_days() {
        var first = UUID.randomUUID();
        assertThat(enter(first, now)).isEqualTo(new RecordExposure.Result.Recorded());
        enter(UUID.randomUUID(), now);
        enter(UUID.randomUUID(), now);

        assertThat(enter(UUID.randomUUID(), now)).isEqualTo(new RecordExposure.Result.LimitReached(CLOSED_MAX));
        assertThat(enter(first, now)).isEqualTo(new RecordExposure.Result.Recorded());
        var known = onShift(now).getFirst();
        assertThat(known.closedBuildings()).hasSize(CLOSED_MAX).contains(first);
        assertThat(known.closedBuildingsLeft()).isZero();

        var nextWeek = now.plus(Duration.ofDays(7));
        assertThat(enter(UUID.randomUUID(), nextWeek)).isEqualTo(new RecordExposure.Result.Recorded());
    }

    @Test
    void tasks_taken_at_once_do_not_pass_the_limit_together() throws Exception {
        var entries = new ArrayList<Callable<RecordExposure.Result>>();
        for (int i = 0; i < 20; i++) {
            entries.add(() -> enter(UUID.randomUUID(), now));
        }

        var recorded = 0;
        try (var clients = Executors.newFixedThreadPool(20)) {
            for (var entry : clients.invokeAll(entries)) {
                recorded += entry.get() instanceof RecordExposure.Result.Recorded ? 1 : 0;
            }
        }

        assertThat(recorded).isEqualTo(CLOSED_MAX);
    }
}
