package io.linli.groupbuy.lifecycle;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.linli.groupbuy.Neighbourhood.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.community.CommunityDouble;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A group buy is handed over to somebody who is there.
class HandOverTests {
    @RegisterExtension
    static final CommunityDouble community = new CommunityDouble();

    @RegisterExtension
    static final ServiceUnderTest service =
            Neighbourhood.service().with("linli.groupbuy.community.url", community::url);

    private final Neighbourhood here = new Neighbourhood(service);
    private final UUID groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");

    @AfterEach
    void community_service_answers_again() {
        community.recover();
    }

    @Test
    void to_an_id_that_nobody_has_it_is_not_handed_over() {
        var nobody = community.nobody();

        var asLeader = handOver(here.leader(), nobody, Set.of());
        var asCoLeader = handOver(here.leader(), here.leaderId(), Set.of(nobody, UUID.randomUUID()));

        for (var refused : List.of(asLeader, asCoLeader)) {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo("member-unknown");
            assertThat(refused.error("memberId")).isEqualTo(nobody.toString());
        }
        assertThat(leaderId()).isEqualTo(here.leaderId().toString());
    }

    @Test
    void it_is_asked_whether_those_new_to_it_may_lead() {
        var next = UUID.randomUUID();

        assertThat(handOver(here.leader(), next, Set.of(here.leaderId())).status())
                .isEqualTo(200);

        var asked = "{\"memberIds\": [\"" + next + "\"], \"mayLead\": true}";
        community
                .server()
                .verify(
                        1,
                        postRequestedFor(urlEqualTo("/v1/communities/" + here.community() + "/members/known"))
                                .withRequestBody(equalToJson(asked)));
    }

    @Test
    void while_nobody_can_say_who_is_there_it_waits_but_a_co_leader_is_let_go() {
        var coLeader = UUID.randomUUID();
        handOver(here.leader(), here.leaderId(), Set.of(coLeader));
        community.server().stubFor(any(anyUrl()).willReturn(serverError()));

        var refused = handOver(here.leader(), UUID.randomUUID(), Set.of());
        var letGo = handOver(here.leader(), here.leaderId(), Set.of());

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("community-unavailable");
        assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("5");
        assertThat(letGo.status()).isEqualTo(200);
        assertThat(leaderId()).isEqualTo(here.leaderId().toString());
    }

    @Test
    void who_may_not_hand_it_over_learns_nothing_of_who_is_a_member() {
        var refused = handOver(here.member(UUID.randomUUID()), community.nobody(), Set.of());

        assertThat(refused.problem()).isEqualTo("not-your-group-buy");
    }

    private Answer handOver(String token, UUID leader, Set<UUID> coLeaders) {
        var leaders = Map.of("leaderId", leader, "coLeaderIds", coLeaders);
        return here.put(token, "/group-buys/" + groupBuy + "/leaders", leaders);
    }

    private String leaderId() {
        return here.get(here.leader(), "/group-buys/" + groupBuy)
                .body()
                .get("leaderId")
                .asString();
    }
}
