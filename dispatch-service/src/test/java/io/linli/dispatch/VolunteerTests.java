package io.linli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.api.ShiftPage;
import io.linli.dispatch.api.TaskState;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpStatusCode;

class VolunteerTests {

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "50ms");

    private static final int CLIENTS = 20;

    private final Instant now = Instant.now();
    private Compound compound;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
    }

    @Test
    void a_member_without_the_role_does_not_register() {
        compound.post(compound.member("resident"), "/volunteers", Map.of("maxLoadGrams", 5_000))
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/role-required");
    }

    @Test
    void registering_again_replaces_limit_and_place() {
        var volunteer = compound.member("volunteer");
        compound.register(volunteer, 5_000, 0);

        compound.post(volunteer, "/volunteers", Map.of("maxLoadGrams", 8_000, "x", 12.5, "y", -40))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.maxLoadGrams")
                .isEqualTo(8000)
                .jsonPath("$.x")
                .isEqualTo(12.5);

        compound.member("coordinator")
                .client()
                .get()
                .uri(compound.path("/volunteers"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1);
    }

    @Test
    void a_limit_outside_the_contract_is_a_bad_request_that_names_the_field() {
        compound.post(compound.member("volunteer"), "/volunteers", Map.of("maxLoadGrams", 0))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("maxLoadGrams");
    }

    @Test
    void a_wrong_parameter_is_named_as_the_contract_names_it() {
        compound.post(compound.member("volunteer"), "/volunteers", "k".repeat(129), Map.of("maxLoadGrams", 500))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("Idempotency-Key");
    }

    @Test
    void only_the_coordinator_lists_volunteers() {
        var volunteer = compound.member("volunteer");
        volunteer
                .client()
                .get()
                .uri(compound.path("/volunteers"))
                .exchange()
                .expectStatus()
                .isForbidden();
        volunteer
                .client()
                .get()
                .uri(compound.path("/volunteers/me"))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/volunteer-not-registered");
    }

    @Test
    void a_shift_needs_a_registration_and_a_sensible_time() {
        var volunteer = compound.member("volunteer");
        refused(volunteer, now, now.plusSeconds(60), 409, "volunteer-not-registered");
        compound.register(volunteer, 5_000, 0);

        refused(volunteer, now.plusSeconds(60), now, 422, "shift-order");
        refused(volunteer, now.minusSeconds(120), now.minusSeconds(60), 422, "shift-over");
        refused(volunteer, now, now.plus(Duration.ofHours(25)), 422, "shift-too-long");
        refused(
                volunteer,
                now.plus(Duration.ofDays(91)),
                now.plus(Duration.ofDays(91)).plusSeconds(1),
                422,
                "shift-too-far");
    }

    private void refused(Compound.Member volunteer, Instant startsAt, Instant endsAt, int status, String problem) {
        compound.post(volunteer, "/shifts", Map.of("startsAt", startsAt, "endsAt", endsAt))
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/" + problem);
    }

    @Test
    void shifts_may_touch_but_not_overlap() {
        var volunteer = compound.member("volunteer");
        compound.register(volunteer, 5_000, 0);
        var hour = Duration.ofHours(1);
        var start = now.plus(hour);

        compound.post(volunteer, "/shifts", Map.of("startsAt", start, "endsAt", start.plus(hour)))
                .expectStatus()
                .isCreated();
        compound.post(
                        volunteer,
                        "/shifts",
                        Map.of(
                                "startsAt",
                                start.plus(hour),
                                "endsAt",
                                start.plus(hour).plus(hour)))
                .expectStatus()
                .isCreated();
        refused(volunteer, start.minus(hour), start.plusSeconds(1), 409, "shift-overlaps");
        refused(volunteer, start.plusSeconds(1), start.plusSeconds(2), 409, "shift-overlaps");

        var other = compound.member("volunteer");
        compound.register(other, 5_000, 0);
        compound.post(other, "/shifts", Map.of("startsAt", start, "endsAt", start.plus(hour)))
                .expectStatus()
                .isCreated();
        assertThat(shifts(volunteer)).isEqualTo(2);
        assertThat(shifts(compound.member("coordinator"))).isEqualTo(3);
    }

    private int shifts(Compound.Member member) {
        return member.client()
                .get()
                .uri(compound.path("/shifts"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(ShiftPage.class)
                .returnResult()
                .getResponseBody()
                .getItems()
                .size();
    }

    @Test
    void of_many_overlapping_shifts_at_once_one_is_taken() throws Exception {
        var volunteer = compound.member("volunteer");
        compound.register(volunteer, 5_000, 0);
        var takes = new ArrayList<Callable<HttpStatusCode>>();
        for (int i = 0; i < CLIENTS; i++) {
            var shift = Map.of("startsAt", now.plusSeconds(i), "endsAt", now.plusSeconds(3600));
            takes.add(() -> compound.post(volunteer, "/shifts", shift)
                    .returnResult(String.class)
                    .getStatus());
        }

        var taken = 0;
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (var answer : clients.invokeAll(takes)) {
                taken += answer.get().value() == 201 ? 1 : 0;
            }
        }

        assertThat(taken).isEqualTo(1);
        assertThat(shifts(volunteer)).isEqualTo(1);
    }

    @Test
    void a_shift_that_starts_later_brings_offers_only_then() {
        var building = compound.building("1", 10, 10);
        var later = compound.member("volunteer");
        compound.register(later, 5_000, 0);
        compound.post(later, "/shifts", Map.of("startsAt", now.plusSeconds(3600), "endsAt", now.plusSeconds(7200)))
                .expectStatus()
                .isCreated();
        var parcel = compound.ready(building, 100);
        compound.await(compound.member("coordinator"), parcel, TaskState.WAITING);
        assertThat(compound.tasks(later, "")).isEmpty();

        service.jdbc()
                .sql("UPDATE shift SET starts_at = starts_at - interval '1 hour' WHERE member_id = ?")
                .param(later.id())
                .update();
        service.jdbc()
                .sql("UPDATE due_assignment SET due_at = due_at - interval '1 hour' WHERE community_id = ?")
                .param(compound.community)
                .update();

        compound.await(later, parcel, TaskState.OFFERED);
    }
}
