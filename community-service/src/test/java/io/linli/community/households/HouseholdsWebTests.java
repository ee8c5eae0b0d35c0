package io.linli.community.households;

import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.household;
import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.problem;
import static io.linli.community.Neighbourhood.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpMethod;

class HouseholdsWebTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood neighbourhood = new Neighbourhood(service);

    @Test
    void the_answer_to_a_registration_is_masked() {
        var place = neighbourhood.place();

        var answer = json(send(
                neighbourhood.operator(),
                HttpMethod.POST,
                in(place.community(), "/households"),
                household(place, "1201", person("王小梅", "138 0013 8000", "resident", "volunteer"))));

        assertThat(answer.path("roomMasked").asString()).isEqualTo("1***");
        assertThat(answer.path("members").get(0).path("display").asString()).isEqualTo("王*");
        assertThat(answer.path("members").get(0).path("phoneMasked").asString()).isEqualTo("138******00");
        assertThat(answer.path("version").asLong()).isEqualTo(1);
        assertThat(answer.path("stationConsent").asBoolean()).isFalse();
    }

    @Test
    void a_room_has_one_household_and_a_phone_one_member() {
        var place = neighbourhood.place();
        neighbourhood.home(place, "1201", person("王小梅", "13800138000", "resident"));
        var path = in(place.community(), "/households");

        var room = send(neighbourhood.operator(), HttpMethod.POST, path, household(place, " 1201 "));
        var phone = send(
                neighbourhood.operator(),
                HttpMethod.POST,
                path,
                household(place, "1202", person("李雷", "+86 138-0013-8000", "resident")));

        assertThat(problem(room.expectStatus().isEqualTo(409))).isEqualTo("room-taken");
        assertThat(problem(phone.expectStatus().isEqualTo(409))).isEqualTo("phone-taken");
        neighbourhood.home(place, "1202", person("李雷", "13900139000", "resident"));
    }

    @Test
    void the_same_phone_may_be_a_member_of_two_communities() {
        neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", "13800138000", "resident"));

        neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", "13800138000", "resident"));
    }

    @Test
    void what_is_no_phone_is_refused_and_nothing_of_the_household_is_kept() {
        var place = neighbourhood.place();

        var refused = send(
                neighbourhood.operator(),
                HttpMethod.POST,
                in(place.community(), "/households"),
                household(place, "1201", person("王小梅", "13800138000", "resident"), person("李雷", "12345", "resident")));

        assertThat(problem(refused.expectStatus().isEqualTo(422))).isEqualTo("phone-invalid");
        neighbourhood.home(place, "1201", person("王小梅", "13800138000", "resident"));
    }

    @Test
    void a_room_and_a_name_are_more_than_a_full_width_space() {
        var place = neighbourhood.place();
        var nameless = person("\u3000", "13800138000", "resident");
        var bodies = List.of(
                Map.entry("/households", household(place, "\u3000")),
                Map.entry("/households", household(place, "1201", nameless)),
                Map.entry("/members", nameless));

        bodies.forEach(asked -> refusedAsInvalid(place, asked.getKey(), asked.getValue()));
    }

    @Test
    void lists_have_no_holes() {
        var place = neighbourhood.place();
        var home = neighbourhood.home(place, "1201", person("王小梅", "13800138000", "resident"));
        var hole = Collections.singletonList(null);

        refusedAsInvalid(
                place,
                "/households",
                Map.of("unitId", place.unit(), "room", "1202", "floor", 12, "size", 3, "members", hole));
        refusedAsInvalid(place, "/members", Map.of("name", "李雷", "roles", hole));
        var roles = send(
                neighbourhood.operator(),
                HttpMethod.PUT,
                in(place.community(), "/members/" + home.member() + "/roles"),
                Map.of("roles", hole));

        roles.expectStatus().isBadRequest();
    }

    private void refusedAsInvalid(Neighbourhood.Place place, String path, Object body) {
        var refused = send(neighbourhood.operator(), HttpMethod.POST, in(place.community(), path), body);

        refused.expectStatus().isBadRequest();
    }

    @Test
    void an_unknown_unit_is_not_found() {
        var place = new Neighbourhood.Place(neighbourhood.place().community(), UUID.randomUUID(), UUID.randomUUID());

        var refused = send(
                neighbourhood.operator(), HttpMethod.POST, in(place.community(), "/households"), household(place, "1"));

        assertThat(problem(refused.expectStatus().isNotFound())).isEqualTo("unit-not-found");
    }

    @Test
    void the_own_household_is_shown_in_full_and_the_coordinator_is_logged() {
        var home = neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", "13800138000", "resident"));
        var path = in(home.place().community(), "/households/" + home.household());

        var own = json(get(neighbourhood.resident(home, "resident"), path));
        var coordinators = json(get(neighbourhood.member(home.place(), "coordinator"), path));
        var log = json(get(neighbourhood.resident(home, "resident"), path + "/reveals"));

        assertThat(own.path("room").asString()).isEqualTo("1201");
        assertThat(own.path("members").get(0).path("name").asString()).isEqualTo("王小梅");
        assertThat(own.path("members").get(0).path("phoneMasked").asString()).isEqualTo("138****8000");
        assertThat(coordinators.path("room").asString()).isEqualTo("1201");
        assertThat(coordinators.path("members").get(0).path("name").asString()).isEqualTo("王*");
        assertThat(log.path("items")).hasSize(1);
        assertThat(log.path("items").get(0).path("what").asString()).isEqualTo("registry");
        assertThat(log.path("items").get(0).path("role").asString()).isEqualTo("coordinator");
    }

    @Test
    void neighbours_and_keepers_do_not_see_a_household() {
        var home = neighbourhood.home(neighbourhood.place(), "1201");
        var path = in(home.place().community(), "/households/" + home.household());

        var refused = get(neighbourhood.member(home.place(), "resident", "keeper", "floor-leader", "volunteer"), path);

        assertThat(problem(refused.expectStatus().isForbidden())).isEqualTo("not-your-household");
    }

    @Test
    void lists_are_masked_paged_and_for_those_who_need_them() {
        var place = neighbourhood.place();
        for (var room : new String[] {"101", "102", "103"}) {
            neighbourhood.home(place, room);
        }
        var path = in(place.community(), "/households");
        var keeper = neighbourhood.member(place, "keeper");

        var first = json(get(keeper, path + "?limit=2"));
        var second =
                json(get(keeper, path + "?limit=2&cursor=" + first.path("next").asString()));

        assertThat(first.path("items")).hasSize(2);
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(first.path("items"))
                .extracting(item -> item.path("roomMasked").asString())
                .containsOnly("1**");
        assertThat(problem(get(neighbourhood.member(place, "resident", "volunteer"), path)
                        .expectStatus()
                        .isForbidden()))
                .isEqualTo("role-required");
    }

    @Test
    void a_floor_leader_lists_the_own_building_only() {
        var place = neighbourhood.place();
        var leader = neighbourhood.home(place, "101", person("楼长", "13800138009", "floor-leader"));
        var building = neighbourhood.building(place.community(), "13 号楼");
        var elsewhere = new Neighbourhood.Place(
                place.community(), building, neighbourhood.unit(place.community(), building, "1 单元"));
        neighbourhood.home(elsewhere, "501");

        var listed = json(get(
                neighbourhood.resident(leader, "floor-leader"),
                in(place.community(), "/households?buildingId=" + building)));

        assertThat(listed.path("items")).hasSize(1);
        assertThat(listed.path("items").get(0).path("id").asString())
                .isEqualTo(leader.household().toString());
    }

    @Test
    void a_member_may_live_nowhere_here_and_have_no_phone() {
        var place = neighbourhood.place();

        var keeper = json(send(
                        neighbourhood.operator(),
                        HttpMethod.POST,
                        in(place.community(), "/members"),
                        person("李建国", null, "keeper"))
                .expectStatus()
                .isCreated());

        assertThat(keeper.path("display").asString()).isEqualTo("李*");
        assertThat(keeper.has("householdId")).isFalse();
        assertThat(keeper.has("phoneMasked")).isFalse();
    }

    @Test
    void roles_are_set_by_those_who_run_the_community() {
        var home = neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", "13800138000", "resident"));
        var path = in(home.place().community(), "/members/" + home.member() + "/roles");
        var asked = Map.of("roles", new String[] {"volunteer", "resident"});

        var byResident = send(neighbourhood.resident(home, "resident"), HttpMethod.PUT, path, asked);
        var byCoordinator = send(neighbourhood.member(home.place(), "coordinator"), HttpMethod.PUT, path, asked);

        assertThat(problem(byResident.expectStatus().isForbidden())).isEqualTo("role-required");
        assertThat(json(byCoordinator.expectStatus().isOk()).path("roles"))
                .extracting(role -> role.asString())
                .containsExactly("resident", "volunteer");
        var me = json(
                get(neighbourhood.resident(home, "resident"), in(home.place().community(), "/members/me")));
        assertThat(me.path("roles")).hasSize(2);
        assertThat(me.path("name").asString()).isEqualTo("王小梅");
        assertThat(me.path("buildingId").asString())
                .isEqualTo(home.place().building().toString());
    }

    @Test
    void a_role_that_does_not_exist_is_refused() {
        var home = neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", "13800138000", "resident"));

        send(
                        neighbourhood.operator(),
                        HttpMethod.PUT,
                        in(home.place().community(), "/members/" + home.member() + "/roles"),
                        Map.of("roles", new String[] {"operator"}))
                .expectStatus()
                .isBadRequest();
    }
}
