package io.linli.community.households;

import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.community.Neighbourhood.Home;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/// Other services learn which ids are members here, and nothing else of anybody.
class KnownMembersTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood neighbourhood = new Neighbourhood(service);
    private final Home home = neighbourhood.home(
            neighbourhood.place(), "1201", person("王小梅", null, "resident"), person("李雷", null, "keeper", "volunteer"));
    private final WebTestClient resident = neighbourhood.resident(home, "resident");
    private final UUID keeper = home.members().get(1);

    @Test
    void those_who_are_members_are_told_by_their_ids_only() {
        var asked = Map.of("memberIds", List.of(home.member(), keeper, UUID.randomUUID()), "mayLead", false);

        var known = ask(resident, asked);

        assertThat(known.path("memberIds").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(home.member().toString(), keeper.toString());
        assertThat(known.size()).isEqualTo(1);
    }

    @Test
    void to_whom_no_group_buy_may_be_handed_is_left_out_when_that_is_asked() {
        var asked = Map.of("memberIds", List.of(home.member(), keeper), "mayLead", true);

        assertThat(ids(ask(resident, asked))).containsExactly(home.member().toString());
    }

    @Test
    void no_member_finds_out_who_has_which_role() {
        var asked = Map.of("memberIds", List.of(home.member(), keeper), "mayLead", false, "anyRole", List.of("keeper"));

        post(resident, "/v1", "/members/known", asked).expectStatus().isBadRequest();
    }

    @Test
    void a_question_left_open_is_refused() {
        var asked = new HashMap<String, Object>(Map.of("memberIds", List.of(home.member(), keeper)));
        asked.put("mayLead", null);

        post(resident, "/v1", "/members/known", asked).expectStatus().isBadRequest();
    }

    @Test
    void our_other_services_ask_without_a_token_who_may_announce_a_group_buy() {
        var others = neighbourhood.home(
                home.place(), "1202", person("韩梅梅", null, "leader"), person("赵芳", null, "coordinator"));
        var ids = List.of(
                home.member(), keeper, others.members().get(0), others.members().get(1));
        var asked = Map.of("memberIds", ids);

        var may = json(post(service.client(), "/internal", "/leaders/known", asked)
                .expectStatus()
                .isOk());

        assertThat(ids(may))
                .containsExactlyInAnyOrderElementsOf(
                        others.members().stream().map(UUID::toString).toList());
        for (var other : List.of("/leaders", "/members/known", "/leaders/known/more")) {
            post(service.client(), "/internal", other, asked).expectStatus().isUnauthorized();
        }
    }

    @Test
    void members_of_another_community_are_not_known_here() {
        var elsewhere = neighbourhood.home(neighbourhood.place(), "1201", person("韩梅梅", null, "resident"));

        assertThat(ask(resident, Map.of("memberIds", List.of(elsewhere.member()), "mayLead", false))
                        .path("memberIds"))
                .isEmpty();
    }

    private JsonNode ask(WebTestClient client, Object asked) {
        return json(post(client, "/v1", "/members/known", asked).expectStatus().isOk());
    }

    private WebTestClient.ResponseSpec post(WebTestClient client, String root, String path, Object asked) {
        return client.post()
                .uri(root + "/communities/" + home.place().community() + path)
                .bodyValue(asked)
                .exchange();
    }

    private static Stream<String> ids(JsonNode known) {
        return known.path("memberIds").valueStream().map(JsonNode::asString);
    }
}
