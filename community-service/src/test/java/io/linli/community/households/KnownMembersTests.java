package io.linli.community.households;

import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.community.Neighbourhood.Home;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
        var asked = Map.of("memberIds", List.of(home.member(), keeper, UUID.randomUUID()));

        var known = ask(resident, asked);

        assertThat(known.path("memberIds").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(home.member().toString(), keeper.toString());
        assertThat(known.size()).isEqualTo(1);
    }

    @Test
    void who_has_none_of_the_roles_is_left_out() {
        var asked = Map.of("memberIds", List.of(home.member(), keeper), "anyRole", List.of("leader", "resident"));

        assertThat(ask(resident, asked).path("memberIds").valueStream().map(JsonNode::asString))
                .containsExactly(home.member().toString());
    }

    @Test
    void members_of_another_community_are_not_known_here() {
        var elsewhere = neighbourhood.home(neighbourhood.place(), "1201", person("韩梅梅", null, "resident"));

        assertThat(ask(resident, Map.of("memberIds", List.of(elsewhere.member())))
                        .path("memberIds"))
                .isEmpty();
    }

    private JsonNode ask(WebTestClient client, Object asked) {
        return json(client.post()
                .uri(in(home.place().community(), "/members/known"))
                .bodyValue(asked)
                .exchange()
                .expectStatus()
                .isOk());
    }
}
