package io.linli.community.registry;

import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.id;
import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.problem;
import static io.linli.community.Neighbourhood.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

class RegistryWebTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood neighbourhood = new Neighbourhood(service);

    @Test
    void only_the_operator_creates_communities() {
        var place = neighbourhood.place();
        var asked = Map.of("name", "桂花园", "zone", "Asia/Shanghai");

        var refused = send(neighbourhood.member(place, "coordinator"), HttpMethod.POST, "/v1/communities", asked);

        assertThat(problem(refused.expectStatus().isForbidden())).isEqualTo("scope-required");
    }

    @Test
    void a_zone_that_does_not_exist_is_refused() {
        var asked = Map.of("name", "桂花园", "zone", "Asia/Changshu");

        var refused = send(neighbourhood.operator(), HttpMethod.POST, "/v1/communities", asked);

        assertThat(problem(refused.expectStatus().isEqualTo(422))).isEqualTo("zone-unknown");
    }

    @Test
    void the_same_key_creates_one_community_and_answers_the_same() {
        var operator = neighbourhood.operator();
        var answers = new ArrayList<UUID>();

        for (var turn = 0; turn < 2; turn++) {
            answers.add(id(json(operator.post()
                    .uri("/v1/communities")
                    .header("Idempotency-Key", "one-intent")
                    .bodyValue(Map.of("name", "桂花园", "zone", "Asia/Shanghai"))
                    .exchange()
                    .expectStatus()
                    .isCreated())));
        }

        assertThat(answers.getFirst()).isEqualTo(answers.getLast());
    }

    @Test
    void members_list_their_communities_and_the_operator_all() {
        var mine = neighbourhood.place();
        var other = neighbourhood.place();
        var listed = json(get(neighbourhood.member(mine, "resident"), "/v1/communities"));

        assertThat(listed.path("items")).hasSize(1);
        assertThat(id(listed.path("items").get(0))).isEqualTo(mine.community());
        assertThat(listed.has("next")).isFalse();
        assertThat(allCommunities())
                .contains(mine.community(), other.community())
                .doesNotHaveDuplicates();
    }

    private List<UUID> allCommunities() {
        var found = new ArrayList<UUID>();
        var cursor = "";
        do {
            var page = json(get(neighbourhood.operator(), "/v1/communities?limit=1" + cursor));
            page.path("items").forEach(item -> found.add(id(item)));
            cursor = page.has("next") ? "&cursor=" + page.path("next").asString() : "";
        } while (!cursor.isEmpty());
        return found;
    }

    @Test
    void a_coordinator_builds_in_the_own_community_only() {
        var mine = neighbourhood.place();
        var other = neighbourhood.place();
        var coordinator = neighbourhood.member(mine, "coordinator");
        var asked = Map.of("name", "3 号楼", "x", 0, "y", 10, "floors", 6, "lift", false);

        send(coordinator, HttpMethod.POST, in(mine.community(), "/buildings"), asked)
                .expectStatus()
                .isCreated();
        var refused = send(coordinator, HttpMethod.POST, in(other.community(), "/buildings"), asked);

        assertThat(problem(refused.expectStatus().isForbidden())).isEqualTo("not-a-member");
    }

    @Test
    void residents_do_not_build() {
        var place = neighbourhood.place();

        var refused = send(
                neighbourhood.member(place, "resident", "keeper"),
                HttpMethod.POST,
                in(place.community(), "/units"),
                Map.of("buildingId", place.building(), "name", "9 单元"));

        assertThat(problem(refused.expectStatus().isForbidden())).isEqualTo("role-required");
    }

    @Test
    void a_name_is_given_once() {
        var place = neighbourhood.place();

        var building = send(
                neighbourhood.operator(),
                HttpMethod.POST,
                in(place.community(), "/buildings"),
                Map.of("name", " 12 号楼 ", "x", 0, "y", 10, "floors", 6, "lift", false));
        var unit = send(
                neighbourhood.operator(),
                HttpMethod.POST,
                in(place.community(), "/units"),
                Map.of("buildingId", place.building(), "name", "2 单元"));

        assertThat(problem(building.expectStatus().isEqualTo(409))).isEqualTo("building-exists");
        assertThat(problem(unit.expectStatus().isEqualTo(409))).isEqualTo("unit-exists");
    }

    @Test
    void a_unit_cannot_be_put_into_a_building_of_another_community() {
        var place = neighbourhood.place();
        var other = neighbourhood.place();

        var refused = send(
                neighbourhood.operator(),
                HttpMethod.POST,
                in(place.community(), "/units"),
                Map.of("buildingId", other.building(), "name", "9 单元"));

        assertThat(problem(refused.expectStatus().isNotFound())).isEqualTo("building-not-found");
    }

    @Test
    void an_unknown_community_is_not_found_by_the_operator() {
        var nowhere = in(UUID.randomUUID(), "");

        assertThat(problem(get(neighbourhood.operator(), nowhere).expectStatus().isNotFound()))
                .isEqualTo("community-not-found");
        assertThat(problem(get(neighbourhood.operator(), nowhere + "/buildings")
                        .expectStatus()
                        .isNotFound()))
                .isEqualTo("community-not-found");
    }

    @Test
    void units_are_listed_by_building() {
        var place = neighbourhood.place();
        var second = neighbourhood.building(place.community(), "13 号楼");
        var unit = neighbourhood.unit(place.community(), second, "1 单元");

        var listed = json(
                get(neighbourhood.member(place, "resident"), in(place.community(), "/units?buildingId=" + second)));

        assertThat(listed.path("items")).hasSize(1);
        assertThat(id(listed.path("items").get(0))).isEqualTo(unit);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u3000", "\u00a0", "\u2003\u200b", "a\u0000b", "a\u0085", "a\n"})
    void names_of_nothing_but_spaces_or_with_control_characters_are_refused(String name) {
        var place = neighbourhood.place();
        var bodies = Map.of(
                "/v1/communities",
                Map.of("name", name, "zone", "Asia/Shanghai"),
                in(place.community(), "/buildings"),
                Map.of("name", name, "x", 0, "y", 10, "floors", 6, "lift", false),
                in(place.community(), "/units"),
                Map.of("buildingId", place.building(), "name", name));

        bodies.forEach((path, body) -> {
            var refused = send(neighbourhood.operator(), HttpMethod.POST, path, body);

            assertThat(problem(refused.expectStatus().isBadRequest())).isEqualTo("invalid-request");
        });
    }
}
