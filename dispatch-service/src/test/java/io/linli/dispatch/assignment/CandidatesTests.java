package io.linli.dispatch.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.Compound;
import io.linli.dispatch.DispatchApplication;
import io.linli.dispatch.api.Candidate;
import io.linli.dispatch.api.CandidateList;
import io.linli.dispatch.api.Hindrance;
import io.linli.dispatch.api.TaskState;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CandidatesTests {
    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "1h")
            .with("linli.dispatch.sweep-every", "1h")
            .with("linli.dispatch.assignment.plan-steps", "100")
            .with("linli.dispatch.tasks-per-run-max", "10");

    private Compound compound;
    private Compound.Member coordinator;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        coordinator = compound.member("coordinator");
    }

    private UUID waiting(int weightGrams, int x) {
        var parcel = compound.ready(compound.building("1", x, 0), weightGrams);
        return compound.await(coordinator, parcel, TaskState.WAITING).getId();
    }

    private CandidateList candidates(UUID task, String query) {
        return coordinator
                .client()
                .get()
                .uri(compound.path("/tasks/" + task + "/candidates" + query))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(CandidateList.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void who_is_nearest_is_told_first_and_nothing_is_offered() {
        var task = waiting(1_000, 300);
        var far = compound.volunteer(5_000, -400);
        var near = compound.volunteer(5_000, 200);
        compound.volunteer(500, 300);

        var found = candidates(task, "");

        assertThat(found.getVolunteersOnShift()).isEqualTo(3);
        assertThat(found.getCandidates()).extracting(Candidate::getVolunteerId).containsExactly(near.id(), far.id());
        assertThat(found.getHindrances()).isEmpty();
        assertThat(candidates(task, "?most=1").getCandidates()).hasSize(1);
        assertThat(compound.tasks(coordinator, "?state=waiting")).hasSize(1);
    }

    @Test
    void when_nobody_can_it_is_told_why() {
        var task = waiting(9_000, 300);
        compound.volunteer(5_000);

        assertThat(candidates(task, "").getHindrances()).isEqualTo(List.of(Hindrance.CAPACITY));
    }

    @Test
    void only_coordinators_ask_and_a_task_of_another_community_is_not_found() {
        var task = waiting(1_000, 300);
        var volunteer = compound.volunteer(5_000);
        var stranger = new Compound(service).member("coordinator");

        volunteer
                .client()
                .get()
                .uri(compound.path("/tasks/" + task + "/candidates"))
                .exchange()
                .expectStatus()
                .isForbidden();
        stranger.client()
                .get()
                .uri(compound.path("/tasks/" + task + "/candidates"))
                .exchange()
                .expectStatus()
                .isForbidden();
        coordinator
                .client()
                .get()
                .uri(compound.path("/tasks/" + UUID.randomUUID() + "/candidates"))
                .exchange()
                .expectStatus()
                .isNotFound();
        coordinator
                .client()
                .get()
                .uri(compound.path("/tasks/" + task + "/candidates?most=0"))
                .exchange()
                .expectStatus()
                .isBadRequest();
    }
}
