package io.linli.community.consent;

import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.problem;
import static io.linli.community.Neighbourhood.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.community.Neighbourhood.Home;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class ConsentWebTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood neighbourhood = new Neighbourhood(service);

    @Test
    void every_consent_and_withdrawal_is_kept_newest_first() {
        var home = home();
        var mine = neighbourhood.resident(home, "resident");
        consent(mine, home, true, "app").expectStatus().isOk();
        consent(mine, home, false, "app").expectStatus().isOk();
        consent(neighbourhood.member(home.place(), "coordinator"), home, true, "paper")
                .expectStatus()
                .isOk();

        var kept = json(get(mine, path(home, "/consents"))).path("items");

        assertThat(kept).extracting(item -> item.path("granted").asBoolean()).containsExactly(true, false, true);
        assertThat(kept).extracting(item -> item.path("onBehalf").asBoolean()).containsExactly(true, false, false);
        assertThat(kept).extracting(item -> item.path("channel").asString()).containsExactly("paper", "app", "app");
        assertThat(kept.get(2).path("memberId").asString())
                .isEqualTo(home.member().toString());
    }

    @Test
    void the_station_is_told_of_changes_only() {
        var home = home();
        var mine = neighbourhood.resident(home, "resident");

        consent(mine, home, true, "app").expectStatus().isOk();
        consent(mine, home, true, "voice").expectStatus().isOk();
        consent(mine, home, false, "app").expectStatus().isOk();

        service.events()
                .await(
                        "household.changed.v1",
                        event -> event.subject().equals(home.household())
                                && event.data().path("version").asLong() == 3
                                && !event.data().path("stationConsent").asBoolean());
        assertThat(json(get(mine, path(home, ""))).path("version").asLong()).isEqualTo(3);
    }

    @Test
    void the_same_key_records_one_consent() {
        var home = home();
        var mine = neighbourhood.resident(home, "resident");

        for (var turn = 0; turn < 3; turn++) {
            mine.put()
                    .uri(path(home, "/consents/station-deposit"))
                    .header("Idempotency-Key", "tapped-twice")
                    .bodyValue(Map.of("granted", true, "channel", "app"))
                    .exchange()
                    .expectStatus()
                    .isOk();
        }

        assertThat(json(get(mine, path(home, "/consents"))).path("items")).hasSize(1);
    }

    @Test
    void a_floor_leader_speaks_for_the_own_building_only() {
        var home = home();
        var leader = neighbourhood.home(home.place(), "101", person("楼长", "13800138009", "floor-leader"));
        var building = neighbourhood.building(home.place().community(), "13 号楼");
        var unit = neighbourhood.unit(home.place().community(), building, "1 单元");
        var far = neighbourhood.home(new Neighbourhood.Place(home.place().community(), building, unit), "501");
        var client = neighbourhood.resident(leader, "floor-leader");

        consent(client, home, true, "voice").expectStatus().isOk();

        assertThat(problem(consent(client, far, true, "voice").expectStatus().isForbidden()))
                .isEqualTo("not-your-household");
        assertThat(problem(care(client, far, true).expectStatus().isForbidden()))
                .isEqualTo("not-your-household");
    }

    @Test
    void nobody_else_speaks_for_a_household() {
        var home = home();
        var others = neighbourhood.member(home.place(), "resident", "keeper", "volunteer", "leader", "partner");

        assertThat(problem(consent(others, home, true, "app").expectStatus().isForbidden()))
                .isEqualTo("not-your-household");
        assertThat(problem(get(others, path(home, "/consents")).expectStatus().isForbidden()))
                .isEqualTo("not-your-household");
        assertThat(problem(care(others, home, true).expectStatus().isForbidden()))
                .isEqualTo("not-your-household");
    }

    @Test
    void any_care_need_makes_a_doorstep_household_and_none_unmakes_it() {
        var home = home();
        var mine = neighbourhood.resident(home, "resident");

        assertThat(json(care(mine, home, true)).path("doorstep").asBoolean()).isTrue();
        service.events()
                .await(
                        "household.changed.v1",
                        event -> event.subject().equals(home.household())
                                && event.data().path("doorstep").asBoolean());
        assertThat(json(care(mine, home, false)).path("doorstep").asBoolean()).isFalse();
        assertThat(json(get(mine, path(home, ""))).path("care").path("frail").asBoolean())
                .isFalse();
    }

    @Test
    void an_unknown_household_is_not_found() {
        var place = neighbourhood.place();
        var unknown = new Home(place, UUID.randomUUID(), List.of());

        assertThat(problem(consent(neighbourhood.operator(), unknown, true, "app")
                        .expectStatus()
                        .isNotFound()))
                .isEqualTo("household-not-found");
    }

    private Home home() {
        return neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", "13800138000", "resident"));
    }

    private static ResponseSpec consent(WebTestClient client, Home home, boolean granted, String channel) {
        return send(
                client,
                HttpMethod.PUT,
                path(home, "/consents/station-deposit"),
                Map.of("granted", granted, "channel", channel));
    }

    private static ResponseSpec care(WebTestClient client, Home home, boolean frail) {
        return send(
                client,
                HttpMethod.PUT,
                path(home, "/care"),
                Map.of("mobility", false, "quarantine", false, "frail", frail));
    }

    private static String path(Home home, String rest) {
        return in(home.place().community(), "/households/" + home.household() + rest);
    }
}
