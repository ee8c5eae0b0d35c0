package io.linli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.api.TaskPage;
import io.linli.dispatch.api.TaskState;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TaskViewTests {

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "50ms")
            .with("linli.dispatch.expire-every", "50ms")
            .with("linli.dispatch.confirm-every", "50ms");

    private Compound compound;
    private Compound.Member coordinator;
    private UUID twelve;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        coordinator = compound.member("coordinator");
        twelve = compound.building("12 号楼", 80, -25);
    }

    @Test
    void a_volunteer_sees_building_floor_weight_and_label_and_nothing_of_the_people() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 4_200);
        var task = compound.await(volunteer, parcel, TaskState.OFFERED);

        var body = volunteer
                .client()
                .get()
                .uri(compound.path("/tasks/" + task.getId()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.buildingName")
                .isEqualTo("12 号楼")
                .jsonPath("$.floor")
                .isEqualTo(5)
                .jsonPath("$.weightGrams")
                .isEqualTo(4200)
                .returnResult()
                .getResponseBody();

        assertThat(new String(body, StandardCharsets.UTF_8))
                .doesNotContain(parcel.household().toString())
                .doesNotContainIgnoringCase("household")
                .doesNotContainIgnoringCase("phone")
                .doesNotContainIgnoringCase("room");
    }

    @Test
    void whoever_accepted_a_task_sees_which_household_it_goes_to_until_it_is_over() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var resident = compound.member(parcel.household(), "resident");

        var task = compound.dropped(volunteer, parcel);

        assertThat(compound.tasks(volunteer, "").getFirst().getHouseholdId()).isEqualTo(parcel.household());
        assertThat(compound.tasks(coordinator, "").getFirst().getHouseholdId()).isNull();
        assertThat(compound.tasks(resident, "").getFirst().getHouseholdId()).isNull();
        compound.post(resident, "/tasks/" + task.getId() + "/confirmation")
                .expectStatus()
                .isOk();
        assertThat(compound.tasks(volunteer, "").getFirst().getHouseholdId()).isNull();
    }

    @Test
    void the_answer_to_an_acceptance_names_the_household() {
        var volunteer = compound.volunteer(10_000);
        var parcel = compound.ready(twelve, 100);
        var offered = compound.await(volunteer, parcel, TaskState.OFFERED);

        compound.post(volunteer, "/tasks/" + offered.getId() + "/acceptance")
                .expectBody()
                .jsonPath("$.householdId")
                .isEqualTo(parcel.household().toString());
    }

    @Test
    void everybody_sees_their_own_tasks_only() {
        var volunteer = compound.volunteer(10_000);
        var stranger = compound.member("resident");
        var otherVolunteer = compound.member("volunteer");
        var parcel = compound.ready(twelve, 100);
        var resident = compound.member(parcel.household(), "resident");
        var task = compound.await(volunteer, parcel, TaskState.OFFERED);

        assertThat(compound.tasks(volunteer, "")).hasSize(1);
        assertThat(compound.tasks(resident, "")).hasSize(1);
        assertThat(compound.tasks(resident, "").getFirst().getVolunteerId()).isNull();
        assertThat(compound.tasks(coordinator, "").getFirst().getVolunteerId()).isEqualTo(volunteer.id());
        assertThat(compound.tasks(stranger, "")).isEmpty();
        assertThat(compound.tasks(otherVolunteer, "")).isEmpty();
        stranger.client()
                .get()
                .uri(compound.path("/tasks/" + task.getId()))
                .exchange()
                .expectStatus()
                .isNotFound();
        stranger.client()
                .get()
                .uri(compound.path("/tasks?view=all"))
                .exchange()
                .expectStatus()
                .isForbidden();
        stranger.client()
                .get()
                .uri(compound.path("/tasks?view=mine"))
                .exchange()
                .expectStatus()
                .isForbidden();
        compound.post(stranger, "/tasks/" + task.getId() + "/confirmation")
                .expectStatus()
                .isNotFound();
        compound.post(otherVolunteer, "/tasks/" + task.getId() + "/acceptance")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/task-not-yours");
    }

    @Test
    void pages_follow_one_another_to_the_end() {
        for (int i = 0; i < 5; i++) {
            compound.ready(twelve, 100);
        }
        Await.until(
                "five tasks",
                Compound.LIMIT,
                () -> compound.tasks(coordinator, "").size() == 5);

        var seen = new ArrayList<UUID>();
        var cursor = "";
        do {
            var page = page("?limit=2" + cursor);
            page.getItems().forEach(task -> seen.add(task.getId()));
            cursor = page.getNext() == null ? null : "&cursor=" + page.getNext();
        } while (cursor != null);

        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSorted();
    }

    private TaskPage page(String query) {
        return coordinator
                .client()
                .get()
                .uri(compound.path("/tasks" + query))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(TaskPage.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void a_query_outside_the_contract_is_a_bad_request() {
        for (var query : new String[] {"?state=lost", "?limit=0", "?limit=201", "?cursor=x", "?view=yours"}) {
            coordinator
                    .client()
                    .get()
                    .uri(compound.path("/tasks" + query))
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
    }
}
