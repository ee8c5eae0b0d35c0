package io.linli.dispatch.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.Compound;
import io.linli.dispatch.DispatchApplication;
import io.linli.dispatch.api.HelpCounts;
import io.linli.dispatch.api.HelpEntry;
import io.linli.dispatch.api.HelpEscalationPage;
import io.linli.dispatch.api.HelpLevel;
import io.linli.dispatch.api.HelpQueuePage;
import io.linli.dispatch.api.HelpState;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Help requests over HTTP; their clocks are looked at only when the test says so.
class HelpWebTests {

    private static final int CLIENTS = 8;

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.help.escalate-every", "1h")
            .with("linli.dispatch.help.forget-every", "50ms")
            .with("linli.dispatch.assign-every", "50ms");

    private HelpScene scene;

    @BeforeEach
    void settle() {
        scene = new HelpScene(service);
    }

    @Test
    void a_request_goes_from_the_asking_through_a_partner_to_a_rating() {
        var request = scene.asked(scene.resident, HelpScene.advice());
        scene.referred(request);
        var referred = service.events()
                .await("help.referred.v1", heard -> heard.subject().equals(request));
        assertThat(referred.data().get("text").asString()).isEqualTo("I cannot sleep");
        assertThat(referred.data().toString()).doesNotContain(scene.household.toString());

        scene.partnerSays(request, "accepted", null);
        scene.await(request, HelpState.IN_PROGRESS);
        scene.partnerSays(request, "reported", "Spoke for half an hour");
        scene.await(request, HelpState.ANSWERED);
        service.events().await("help.answered.v1", heard -> heard.subject().equals(request));
        scene.write(scene.resident, request, "closure").expectStatus().isOk();
        scene.write(scene.resident, request, "rating", Map.of("stars", 4, "comment", "Kind"))
                .expectStatus()
                .isOk();

        problem(scene.resident, request, "rating", Map.of("stars", 1), 409, "help-already-rated");
        scene.get(scene.resident, "/" + request)
                .expectBody()
                .jsonPath("$.report")
                .isEqualTo("Spoke for half an hour")
                .jsonPath("$.rating.stars")
                .isEqualTo(4)
                .jsonPath("$.request.state")
                .isEqualTo("closed");
    }

    @Test
    void a_life_in_danger_is_told_to_call_at_once_and_the_coordinator_is_alarmed() {
        var key = UUID.randomUUID().toString();
        var inEnglish = scene.resident;
        var chinese = inEnglish
                .client()
                .mutate()
                .defaultHeaders(headers -> headers.set("Accept-Language", "zh-CN"))
                .build();
        var inChinese = new Compound.Member(inEnglish.id(), scene.household, inEnglish.token(), chinese);
        var body = HelpScene.errand("life-threatening");

        var entry = scene.compound
                .post(inEnglish, "/help-requests", key, body)
                .expectStatus()
                .isCreated()
                .expectBody(HelpEntry.class)
                .returnResult()
                .getResponseBody();

        assertThat(entry.getEmergency().getCall().getValue()).isEqualTo("120");
        assertThat(entry.getEmergency().getMessage()).startsWith("Call 120 now");
        scene.compound
                .post(inChinese, "/help-requests", body)
                .expectBody()
                .jsonPath("$.emergency.message")
                .value(message -> assertThat((String) message).startsWith("请立即拨打 120"));
        scene.compound
                .post(inEnglish, "/help-requests", key, body)
                .expectHeader()
                .valueEquals("Idempotent-Replayed", "true")
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo(entry.getId().toString());
        var alarmed = service.events()
                .await("help.alarmed.v1", heard -> heard.subject().equals(entry.getId()));
        assertThat(alarmed.data().get("householdId").asString()).isEqualTo(scene.household.toString());
    }

    @Test
    void a_life_found_in_danger_at_triage_alarms_and_its_household_is_told_to_call_until_it_is_over() {
        var request = scene.asked();
        scene.get(scene.resident, "/" + request)
                .expectBody()
                .jsonPath("$.request.emergency")
                .doesNotExist();

        scene.write(scene.coordinator, request, "triage", Map.of("urgency", "life-threatening"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.emergency")
                .doesNotExist();

        service.events().await("help.alarmed.v1", heard -> heard.subject().equals(request));
        scene.get(scene.resident, "/" + request)
                .expectBody()
                .jsonPath("$.request.emergency.call")
                .isEqualTo("120");
        scene.get(scene.resident, "")
                .expectBody()
                .jsonPath("$.items[0].emergency.call")
                .isEqualTo("120");
        scene.write(scene.resident, request, "cancellation")
                .expectBody()
                .jsonPath("$.emergency")
                .doesNotExist();
    }

    @Test
    void a_floor_leader_asks_for_the_households_of_their_building_only() {
        var body = scene.onBehalf(HelpScene.errand("today"));
        scene.compound.post(scene.leader, "/help-requests", body).expectStatus().isNotFound();
        scene.tellOfHousehold();

        var request = scene.asked(scene.leader, body);
        scene.asked(scene.coordinator, body);
        var other = scene.leaderOf(UUID.randomUUID());

        assertThat(scene.entry(request).getNeed()).isEqualTo(2);
        scene.compound.post(other, "/help-requests", body).expectStatus().isNotFound();
        scene.compound
                .post(scene.stranger, "/help-requests", body)
                .expectStatus()
                .isNotFound();
        scene.get(other, "/" + request).expectStatus().isNotFound();
        scene.get(scene.leader, "/" + request)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.text")
                .isEqualTo(HelpScene.TEXT);
    }

    @Test
    void a_floor_leader_sees_what_a_household_of_the_building_asks_before_anybody_told_of_it() {
        var request = scene.asked(scene.neighbour(), HelpScene.errand("today"));

        scene.get(scene.leader, "/" + request).expectStatus().isOk();
    }

    @Test
    void who_lost_the_role_no_longer_lists_what_they_asked_for_others() {
        scene.tellOfHousehold();
        var body = scene.onBehalf(HelpScene.errand("today"));
        for (var who : List.of(scene.leader, scene.coordinator)) {
            var request = scene.asked(who, body);
            var own = scene.asked(scene.now(who, "resident"), HelpScene.errand("today"));
            scene.get(who, "?view=asked")
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(2)
                    .jsonPath("$.items[0].id")
                    .isEqualTo(request.toString());

            var former = scene.now(who, "resident");

            scene.get(former, "?view=asked")
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].id")
                    .isEqualTo(own.toString());
        }
    }

    @Test
    void what_is_foreign_is_not_there() {
        var request = scene.answered(scene.asked());
        for (var who : List.of(scene.stranger, scene.volunteer)) {
            scene.get(who, "/" + request).expectStatus().isNotFound();
            scene.get(who, "/" + request + "/medicine").expectStatus().isNotFound();
            for (var what : List.of("closure", "cancellation", "reopening")) {
                scene.write(who, request, what).expectStatus().isNotFound();
            }
            problem(who, request, "rating", Map.of("stars", 1), 404, "help-not-found");
            problem(who, request, "triage", Map.of(), 403, "role-required");
            scene.get(who, "/queue").expectStatus().isForbidden();
            scene.get(who, "/escalations").expectStatus().isForbidden();
            scene.get(who, "?view=all").expectStatus().isForbidden();
            scene.get(who, "").expectBody().jsonPath("$.items").isEmpty();
        }
    }

    @Test
    void only_the_household_or_its_floor_leader_closes() {
        scene.tellOfHousehold();
        var request = scene.answered(scene.asked());

        problem(scene.coordinator, request, "closure", null, 403, "help-household-only");
        problem(scene.coordinator, request, "reopening", null, 403, "help-household-only");
        scene.write(scene.leader, request, "closure").expectStatus().isOk();
        problem(scene.leader, request, "rating", Map.of("stars", 5), 403, "help-household-only");
        scene.write(scene.resident, request, "reopening").expectStatus().isOk();

        var entry = scene.entry(request);
        assertThat(entry.getState()).isEqualTo(HelpState.OPEN);
        assertThat(entry.getRound()).isEqualTo(1);
    }

    @Test
    void a_declined_request_is_open_again_and_a_recalled_one_triaged() {
        var declined = scene.referred(scene.asked());
        scene.partnerSays(declined, "declined", null);
        scene.await(declined, HelpState.OPEN);

        var recalled = scene.referred(scene.asked());
        scene.write(scene.coordinator, recalled, "recall").expectStatus().isOk();

        assertThat(scene.entry(recalled).getState()).isEqualTo(HelpState.TRIAGED);
        service.events().await("help.withdrawn.v1", heard -> heard.subject().equals(recalled));
    }

    @Test
    void the_queue_shows_what_presses_most_and_nothing_of_what_was_said() {
        var later = scene.asked(scene.resident, HelpScene.errand("this-week"));
        var needy = new java.util.HashMap<>(HelpScene.medicine());
        needy.put("need", 3);
        var today = scene.asked(scene.resident, HelpScene.errand("today"));
        var medicine = scene.asked(scene.resident, needy);
        var soon = scene.asked(scene.resident, HelpScene.errand("urgent"));
        scene.referred(scene.asked());

        var seen = new ArrayList<UUID>();
        var next = "";
        do {
            var page = scene.get(scene.coordinator, "/queue?limit=1" + next)
                    .expectStatus()
                    .isOk()
                    .expectBody(HelpQueuePage.class)
                    .returnResult()
                    .getResponseBody();
            page.getItems().forEach(entry -> seen.add(entry.getId()));
            next = page.getNext() == null ? null : "&cursor=" + page.getNext();
        } while (next != null);

        assertThat(seen).containsExactly(soon, medicine, today, later);
        for (var list : List.of("/queue", "", "/escalations")) {
            var body = scene.get(scene.coordinator, list)
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(body).doesNotContain(HelpScene.SECRET, HelpScene.TEXT);
        }
        scene.get(scene.coordinator, "/queue?cursor=x").expectStatus().isBadRequest();
        scene.get(scene.coordinator, "/queue?cursor=999999999999999999_" + soon)
                .expectStatus()
                .isOk();
    }

    @Test
    void a_coordinator_reads_an_errand_but_neither_advice_nor_medicine() {
        var errand = scene.asked();
        var advice = scene.asked(scene.resident, HelpScene.advice());
        var medicine = scene.asked(scene.resident, HelpScene.medicine());

        scene.get(scene.coordinator, "/" + errand)
                .expectBody()
                .jsonPath("$.text")
                .isEqualTo(HelpScene.TEXT);
        scene.get(scene.coordinator, "/" + advice)
                .expectBody()
                .jsonPath("$.text")
                .doesNotExist();
        scene.get(scene.coordinator, "/" + medicine + "/medicine")
                .expectStatus()
                .isNotFound();
        scene.get(scene.resident, "/" + medicine + "/medicine")
                .expectBody()
                .jsonPath("$.what")
                .isEqualTo(HelpScene.SECRET);
    }

    @Test
    void medicine_stands_in_its_own_table_only_and_is_forgotten_when_it_is_cancelled() {
        var request = scene.asked(scene.resident, HelpScene.medicine());
        var stored = service.jdbc()
                .sql("SELECT coalesce(string_agg(answer, ''), '') FROM idempotency WHERE community_id = ?")
                .param(scene.compound.community)
                .query(String.class)
                .single();
        assertThat(stored).contains(request.toString()).doesNotContain(HelpScene.SECRET);

        scene.write(scene.resident, request, "cancellation").expectStatus().isOk();

        Await.until("the medicine to be forgotten", Compound.LIMIT, () -> stored("help_medicine", request) == 0);
        assertThat(service.events().heard().stream()
                        .filter(event -> event.community().equals(scene.compound.community))
                        .map(event -> event.data().toString()))
                .noneMatch(data -> data.contains(HelpScene.SECRET));
    }

    @Test
    void what_was_said_and_reported_is_forgotten_when_it_cannot_be_reopened() {
        var cancelled = scene.asked(scene.resident, HelpScene.advice());
        var closed = scene.answered(scene.asked(scene.resident, HelpScene.advice()));
        var reopenable = scene.answered(scene.asked(scene.resident, HelpScene.advice()));
        scene.write(scene.resident, cancelled, "cancellation").expectStatus().isOk();
        for (var request : List.of(closed, reopenable)) {
            scene.write(scene.resident, request, "closure").expectStatus().isOk();
        }
        service.jdbc()
                .sql("UPDATE help_request SET since = since - interval '73 hours' WHERE request_id = ?")
                .param(closed)
                .update();

        for (var request : List.of(cancelled, closed)) {
            Await.until("the words to be forgotten", Compound.LIMIT, () -> stored("help_text", request) == 0);
            scene.get(scene.resident, "/" + request)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.text")
                    .doesNotExist()
                    .jsonPath("$.report")
                    .doesNotExist();
        }
        scene.get(scene.resident, "/" + reopenable)
                .expectBody()
                .jsonPath("$.report")
                .isEqualTo("Spoke for half an hour");
        problem(scene.resident, closed, "reopening", null, 409, "help-too-late");
    }

    private long stored(String table, UUID request) {
        return service.jdbc()
                .sql("SELECT count(*) FROM " + table + " WHERE request_id = ?")
                .param(request)
                .query(Long.class)
                .single();
    }

    @Test
    void a_volunteer_who_accepted_reads_the_medicine_until_the_task_is_over_and_each_look_is_kept() {
        scene.tellOfHousehold();
        var request = scene.triaged(scene.asked(scene.resident, HelpScene.medicine()));
        var other = scene.triaged();
        var unskilled = scene.compound.volunteer(10_000);
        scene.write(scene.coordinator, request, "match").expectStatus().isOk();
        var task = scene.entry(request).getHelper().getReference();
        scene.write(scene.coordinator, other, "match").expectStatus().isOk();
        scene.awaitOffer(unskilled, scene.entry(other).getHelper().getReference());
        assertThat(scene.compound.tasks(unskilled, "?state=offered")).hasSize(1);
        var volunteer = scene.compound.skilled("medicine");
        scene.awaitOffer(volunteer, task);
        scene.get(volunteer, "/" + request + "/medicine").expectStatus().isNotFound();

        scene.compound
                .post(volunteer, "/tasks/" + task + "/acceptance")
                .expectStatus()
                .isOk();
        scene.await(request, HelpState.IN_PROGRESS);

        scene.get(volunteer, "?view=helping")
                .expectBody()
                .jsonPath("$.items[0].helper.reference")
                .isEqualTo(task.toString());
        scene.get(volunteer, "/" + request).expectBody().jsonPath("$.text").isEqualTo("Tablets");
        scene.get(volunteer, "/" + request + "/medicine")
                .expectBody()
                .jsonPath("$.what")
                .isEqualTo(HelpScene.SECRET);
        scene.get(scene.resident, "/" + request)
                .expectBody()
                .jsonPath("$.looks.length()")
                .isEqualTo(1)
                .jsonPath("$.looks[0].memberId")
                .isEqualTo(volunteer.id().toString());
        scene.compound
                .post(volunteer, "/tasks/" + task + "/drop", Compound.proof())
                .expectStatus()
                .isOk();
        scene.await(request, HelpState.ANSWERED);
        scene.get(volunteer, "/" + request + "/medicine").expectStatus().isNotFound();
        scene.get(volunteer, "/" + request).expectStatus().isNotFound();
    }

    @Test
    void help_was_given_when_the_volunteer_dropped_until_they_take_that_back() {
        scene.tellOfHousehold();
        var request = scene.triaged();
        var volunteer = scene.compound.volunteer(1_000);
        scene.write(scene.coordinator, request, "match").expectStatus().isOk();
        var task = scene.entry(request).getHelper().getReference();
        scene.awaitOffer(volunteer, task);
        scene.compound
                .post(volunteer, "/tasks/" + task + "/acceptance")
                .expectStatus()
                .isOk();
        scene.await(request, HelpState.IN_PROGRESS);

        var batch = drop(volunteer, task);
        scene.await(request, HelpState.ANSWERED);
        assertThat(scene.entry(request).getDueAt()).isNull();
        scene.compound
                .post(volunteer, "/tasks/drops/" + batch + "/undo")
                .expectStatus()
                .isOk();
        scene.await(request, HelpState.IN_PROGRESS);
        drop(volunteer, task);
        scene.await(request, HelpState.ANSWERED);

        scene.write(scene.resident, request, "closure").expectStatus().isOk();
    }

    private UUID drop(Compound.Member volunteer, UUID task) {
        var body = new java.util.HashMap<>(Compound.proof());
        body.put("taskIds", List.of(task));
        return scene.compound
                .post(volunteer, "/tasks/drops", body)
                .expectBody(io.linli.dispatch.api.DroppedBatch.class)
                .returnResult()
                .getResponseBody()
                .getId();
    }

    @Test
    void whom_a_volunteer_stands_at_the_door_of_does_not_cancel_before_we_heard_of_it() {
        scene.tellOfHousehold();
        var request = scene.triaged();
        var volunteer = scene.compound.volunteer(1_000);
        scene.write(scene.coordinator, request, "match").expectStatus().isOk();
        var task = scene.entry(request).getHelper().getReference();
        scene.awaitOffer(volunteer, task);
        scene.compound
                .post(volunteer, "/tasks/" + task + "/acceptance")
                .expectStatus()
                .isOk();
        drop(volunteer, task);
        scene.await(request, HelpState.ANSWERED);
        problem(scene.resident, request, "cancellation", null, 409, "help-already-answered");

        service.jdbc()
                .sql("UPDATE help_request SET state = 'in-progress', rank_at = now() WHERE request_id = ?")
                .param(request)
                .update();

        problem(scene.resident, request, "cancellation", null, 409, "help-at-the-door");
    }

    @Test
    void a_task_given_back_looks_for_another_volunteer_and_ends_with_its_request() {
        scene.tellOfHousehold();
        var request = scene.triaged();
        var volunteer = scene.compound.skilled("medicine");
        scene.write(scene.coordinator, request, "match").expectStatus().isOk();
        var task = scene.entry(request).getHelper().getReference();
        scene.awaitOffer(volunteer, task);
        scene.compound
                .post(volunteer, "/tasks/" + task + "/acceptance")
                .expectStatus()
                .isOk();
        scene.await(request, HelpState.IN_PROGRESS);

        scene.compound
                .post(volunteer, "/tasks/" + task + "/refusal", Map.of())
                .expectStatus()
                .isOk();
        scene.await(request, HelpState.MATCHED);
        scene.write(scene.coordinator, request, "recall").expectStatus().isOk();
        scene.write(scene.coordinator, request, "match").expectStatus().isOk();
        scene.write(scene.resident, request, "cancellation").expectStatus().isOk();

        assertThat(scene.entry(request).getState()).isEqualTo(HelpState.CANCELLED);
        assertThat(scene.compound.tasks(scene.coordinator, "?state=cancelled")).hasSize(2);
    }

    @Test
    void a_task_that_failed_for_good_leaves_the_request_open() {
        scene.tellOfHousehold();
        var request = scene.triaged();
        scene.write(scene.coordinator, request, "match").expectStatus().isOk();
        var task = scene.entry(request).getHelper().getReference();
        var failed = Map.of("taskId", task, "kind", "errand", "volunteerId", scene.volunteer.id());

        service.events().publish(scene.compound.community, "task.failed.v1", task, failed);

        scene.await(request, HelpState.OPEN);
        problem(
                scene.coordinator,
                scene.triaged(scene.asked(scene.resident, HelpScene.advice())),
                "match",
                null,
                422,
                "help-not-for-volunteers");
    }

    @Test
    void medicine_is_told_only_when_medicine_is_asked_for() {
        var body = new java.util.HashMap<>(HelpScene.medicine());
        body.put("kind", "errand");

        scene.compound
                .post(scene.resident, "/help-requests", body)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/help-medicine-misplaced");
    }

    @Test
    void of_coordinators_who_triage_at_once_one_does() throws Exception {
        var request = scene.asked();

        var statuses = atOnce(() -> scene.write(scene.coordinator, request, "triage", Map.of())
                .returnResult(Void.class)
                .getStatus()
                .value());

        assertThat(statuses).containsOnly(200, 409);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
    }

    @Test
    void each_level_is_reached_once_however_many_replicas_look_at_the_clock() throws Exception {
        var request = scene.asked();
        var untouched = scene.asked(scene.resident, HelpScene.errand("this-week"));
        pass(request, Duration.ofHours(5));
        escalateOnReplicas();
        assertThat(scene.entry(request).getLevel()).isEqualTo(HelpLevel.COORDINATOR);

        pass(request, Duration.ofHours(20));
        escalateOnReplicas();
        escalateOnReplicas();

        assertThat(scene.entry(request).getLevel()).isEqualTo(HelpLevel.STREET);
        assertThat(scene.entry(untouched).getLevel()).isEqualTo(HelpLevel.NONE);
        assertThat(whistles("?running=true"))
                .extracting(entry -> entry.getRequestId() + " " + entry.getLevel())
                .containsExactly(request + " " + HelpLevel.COORDINATOR, request + " " + HelpLevel.STREET);
        service.events()
                .await(
                        "help.escalated.v1",
                        heard -> heard.subject().equals(request)
                                && heard.data().get("level").asString().equals("street"));
        assertThat(service.events().heard("help.escalated.v1").stream()
                        .filter(heard -> heard.subject().equals(request)))
                .hasSize(2);
        scene.write(scene.resident, request, "cancellation").expectStatus().isOk();
        assertThat(whistles("?running=true")).isEmpty();
        assertThat(whistles("")).hasSize(2);
    }

    private List<io.linli.dispatch.api.HelpEscalation> whistles(String query) {
        return scene.get(scene.coordinator, "/escalations" + query)
                .expectBody(HelpEscalationPage.class)
                .returnResult()
                .getResponseBody()
                .getItems();
    }

    /// Lets that much time pass for one request.
    private void pass(UUID request, Duration time) {
        service.jdbc()
                .sql("""
                        UPDATE help_request SET clock_from = clock_from - cast(? AS interval),
                               escalated_at = escalated_at - cast(? AS interval),
                               escalate_at = escalate_at - cast(? AS interval) WHERE request_id = ?""")
                .params(time.toString(), time.toString(), time.toString(), request)
                .update();
    }

    private static void escalateOnReplicas() throws Exception {
        var timer = service.bean(EscalateHelp.class);
        atOnce(() -> timer.escalateDue().thenReturn(0).block(Compound.LIMIT));
    }

    private static List<Integer> atOnce(Callable<Integer> work) throws Exception {
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var results = new ArrayList<Integer>();
            for (var done : clients.invokeAll(java.util.Collections.nCopies(CLIENTS, work))) {
                results.add(done.get());
            }
            return results;
        }
    }

    @Test
    void the_report_counts_by_kind_and_state() {
        scene.asked();
        scene.asked();
        scene.write(scene.resident, scene.asked(scene.resident, HelpScene.advice()), "cancellation")
                .expectStatus()
                .isOk();
        var now = Instant.now();

        var counts = scene.get(
                        scene.coordinator, "/counts?from=" + now.minusSeconds(3600) + "&to=" + now.plusSeconds(3600))
                .expectStatus()
                .isOk()
                .expectBody(HelpCounts.class)
                .returnResult()
                .getResponseBody();

        assertThat(counts.getItems())
                .extracting(count -> count.getKind().getValue() + " "
                        + count.getState().getValue() + " " + count.getRequests() + " " + count.getEscalated())
                .containsExactly("errand open 2 0", "psychological-advice cancelled 1 0");
        scene.get(scene.coordinator, "/counts?from=" + now + "&to=" + now)
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void a_cursor_and_a_text_outside_the_contract_are_bad_requests() {
        for (var text : List.of("", " ", "a\u0000b", "x".repeat(1001))) {
            scene.compound
                    .post(scene.resident, "/help-requests", Map.of("kind", "errand", "urgency", "today", "text", text))
                    .expectStatus()
                    .isBadRequest();
        }
        scene.asked(scene.resident, Map.of("kind", "errand", "urgency", "today", "text", "two\nlines"));
    }

    private void problem(
            Compound.Member who, UUID request, String what, Map<String, Object> body, int status, String slug) {
        var answer = body == null ? scene.write(who, request, what) : scene.write(who, request, what, body);
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.type").isEqualTo("/problems/" + slug);
    }
}
