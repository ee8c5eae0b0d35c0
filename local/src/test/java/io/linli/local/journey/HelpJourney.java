package io.linli.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.client.Answer;
import io.linli.local.client.Api;
import io.linli.local.client.Await;
import io.linli.local.client.Dispatch;
import io.linli.local.client.Dispatch.Proof;
import io.linli.local.client.Dispatch.Task;
import io.linli.local.client.Keys;
import io.linli.local.client.Person;
import io.linli.local.client.Registry;
import io.linli.local.client.Registry.NewPerson;
import io.linli.local.system.RunningSystem;
import io.linli.local.system.SystemOptions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Help requests through the gateway: a volunteer fetches medicine, a partner counsels, and 120 comes first.
@ExtendWith(SharedSystem.class)
class HelpJourney {

    private static final String MEDICINE = "硝苯地平控释片";
    private static final String PARTNERS_PHONE = "13722680455";

    @Test
    void medicine_is_fetched_by_a_volunteer_who_is_qualified(RunningSystem system) {
        var round = new Round(system);
        var resident = round.people.resident(14);
        var volunteer = qualified(round);
        var request = ask(
                round,
                resident,
                Map.of(
                        "kind", "medicine",
                        "urgency", "urgent",
                        "text", "降压药今晚吃完",
                        "medicine", Map.of("what", MEDICINE, "fetchAt", "社区医院药房")));

        triage(round, request);
        match(round, request);
        var whileBusy = good(see(round, round.people.coordinator(), taskPath(round, request) + "/candidates"));
        beBusy(round, volunteer, false);
        var task = awaitTask(round, volunteer, "medicine");
        var others = see(round, round.people.volunteers().getLast(), "/tasks?view=mine&state=offered");
        var before = see(round, volunteer, request + "/medicine");
        write(round, volunteer, "/tasks/" + task.id() + "/acceptance");
        var medicine = awaitGood(round, volunteer, request + "/medicine");
        write(round, volunteer, "/tasks/" + task.id() + "/departure");
        var voice = new Proof("voice", null, null);
        new Dispatch(round.people.community()).drop(volunteer, task.id(), voice, round.keys.of("drop"));
        write(round, resident, "/tasks/" + task.id() + "/confirmation");
        awaitState(round, resident, request, "answered");
        awaitNotice(round, resident, "help.answered", request);
        write(round, resident, request + "/closure");
        var rated = round.ask(resident, "POST", request + "/rating", Map.of("stars", 5, "comment", "很快"));

        assertThat(whileBusy.json().get("candidates")).isEmpty();
        assertThat(whileBusy.json().get("volunteersOnShift").asInt()).isPositive();
        assertThat(whileBusy.json().get("hindrances").toString()).isEqualTo("[\"skill\"]");
        assertThat(others.text()).doesNotContain("medicine");
        assertThat(before.status()).isEqualTo(404);
        assertThat(medicine.json().get("what").asString()).isEqualTo(MEDICINE);
        assertThat(rated.status()).as(rated.text()).isEqualTo(200);
        var seen = see(round, resident, request).json();
        assertThat(seen.get("request").get("state").asString()).isEqualTo("closed");
        assertThat(seen.get("rating").get("stars").asInt()).isEqualTo(5);
        assertThat(seen.get("looks")).hasSize(1);
        assertThat(see(round, volunteer, request + "/medicine").status()).isEqualTo(404);
        assertThat(see(round, round.people.coordinator(), request + "/medicine").status())
                .isEqualTo(404);
    }

    @Test
    void counselling_is_referred_to_a_partner_who_reports(RunningSystem system) {
        var round = new Round(system);
        var resident = round.people.resident(15);
        var partner = partner(round, system);
        var request =
                ask(round, resident, Map.of("kind", "psychological-advice", "urgency", "today", "text", "连着几夜睡不着"));

        triage(round, request);
        var to = Map.of("partnerId", partner.memberships().getFirst().member());
        good(round.ask(round.people.coordinator(), "POST", request + "/referral", to));
        var referral = Await.until("the referral", Round.LIMIT, () -> waiting(round, partner));
        var read = see(round, partner, referral);
        write(round, partner, referral + "/acceptance");
        awaitState(round, resident, request, "in-progress");
        good(round.ask(partner, "POST", referral + "/report", Map.of("text", "谈过两次，约了下周")));
        awaitState(round, resident, request, "answered");
        write(round, resident, request + "/closure");

        assertThat(read.json().get("text").asString()).isEqualTo("连着几夜睡不着");
        var household = String.valueOf(resident.memberships().getFirst().household());
        assertThat(read.text()).doesNotContain(household).doesNotContain(resident.phone());
        var seen = see(round, resident, request).json();
        assertThat(seen.get("report").asString()).isEqualTo("谈过两次，约了下周");
        assertThat(seen.get("request").get("state").asString()).isEqualTo("closed");
        var coordinators = see(round, round.people.coordinator(), request);
        assertThat(coordinators.text()).doesNotContain("睡不着").doesNotContain("谈过两次");
    }

    @Test
    void who_is_in_danger_is_told_to_call_120_and_the_coordinator_hears_of_it(RunningSystem system) {
        var round = new Round(system);
        var resident = round.people.resident(16);

        var asked = good(round.ask(
                resident,
                "POST",
                "/help-requests",
                Map.of("kind", "medical-advice", "urgency", "life-threatening", "text", "胸口疼，喘不上气")));

        assertThat(asked.json().get("emergency").get("call").asString()).isEqualTo("120");
        assertThat(asked.json().get("emergency").get("message").asString()).contains("120");
        var request = path(asked);
        awaitNotice(round, round.people.coordinator(), "help.alarmed", request);
        write(round, resident, request + "/cancellation");
    }

    /// One of the two volunteers, busy for now; the other must not be asked.
    private static Person qualified(Round round) {
        var dispatch = new Dispatch(round.people.community());
        var volunteer = round.people.volunteers().getFirst();
        dispatch.describe(volunteer, List.of("medicine"), null, null, round.keys.of("medicine"));
        beBusy(round, volunteer, true);
        return volunteer;
    }

    private static void beBusy(Round round, Person volunteer, boolean busy) {
        good(round.ask(volunteer, "PUT", "/volunteers/me/availability", Map.of("busy", busy)));
    }

    private static String taskPath(Round round, String request) {
        var helper = see(round, round.people.coordinator(), request)
                .json()
                .get("request")
                .get("helper");
        return "/tasks/" + helper.get("reference").asString();
    }

    private static Person partner(Round round, RunningSystem system) {
        var api = new Api(system.gateway());
        var operator = new Person(api, SystemOptions.OPERATOR_PHONE, Clock.systemUTC());
        var person = new NewPerson("心桥咨询", PARTNERS_PHONE, List.of("partner"));
        new Registry(round.people.community()).addMember(operator, person, new Keys("help").of("partner"));
        return new Person(api, PARTNERS_PHONE, Clock.systemUTC());
    }

    private static String ask(Round round, Person resident, Map<String, Object> what) {
        var asked = round.ask(resident, "POST", "/help-requests", what);
        assertThat(asked.status()).as(asked.text()).isEqualTo(201);
        return path(asked);
    }

    private static String path(Answer asked) {
        return "/help-requests/" + asked.json().get("id").asString();
    }

    private static void triage(Round round, String request) {
        var coordinator = round.people.coordinator();
        var queue = good(see(round, coordinator, "/help-requests/queue"));
        assertThat(queue.text()).contains(id(request)).doesNotContain(MEDICINE);
        good(round.ask(coordinator, "POST", request + "/triage", Map.of("need", 2)));
    }

    private static void match(Round round, String request) {
        Await.untilTrue(
                "where the household lives is known",
                Round.LIMIT,
                () -> round.ask(round.people.coordinator(), "POST", request + "/match", null)
                                .status()
                        == 200);
    }

    private static Task awaitTask(Round round, Person volunteer, String kind) {
        var path = round.path("/tasks?view=mine&state=offered");
        return Await.until(
                "an offer",
                Round.LIMIT,
                () -> volunteer.all(path, JsonNode.class).stream()
                        .filter(task -> task.get("kind").asString().equals(kind))
                        .map(task -> new Dispatch(round.people.community())
                                .task(volunteer, UUID.fromString(task.get("id").asString())))
                        .findFirst());
    }

    private static Optional<String> waiting(Round round, Person partner) {
        return partner.all(round.path("/referrals"), JsonNode.class).stream()
                .filter(referral -> referral.get("state").asString().equals("waiting"))
                .map(referral -> "/referrals/" + referral.get("id").asString())
                .findFirst();
    }

    private static void awaitState(Round round, Person resident, String request, String state) {
        Await.untilTrue(
                "help " + state,
                Round.LIMIT,
                () -> see(round, resident, request)
                        .json()
                        .get("request")
                        .get("state")
                        .asString()
                        .equals(state));
    }

    private static void awaitNotice(Round round, Person person, String kind, String request) {
        Await.untilTrue(
                kind,
                Round.LIMIT,
                () -> person.all(round.path("/notices"), JsonNode.class).stream()
                        .anyMatch(notice -> notice.get("kind").asString().equals(kind)
                                && notice.get("subjectId").asString().equals(id(request))));
    }

    private static String id(String request) {
        return request.substring(request.lastIndexOf('/') + 1);
    }

    private static Answer awaitGood(Round round, Person person, String path) {
        return Await.until(
                path,
                Round.LIMIT,
                () -> Optional.of(see(round, person, path)).filter(answer -> answer.status() == 200));
    }

    private static Answer see(Round round, Person person, String path) {
        return round.ask(person, "GET", path, null);
    }

    private static void write(Round round, Person person, String path) {
        good(round.ask(person, "POST", path, null));
    }

    private static Answer good(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer;
    }
}
