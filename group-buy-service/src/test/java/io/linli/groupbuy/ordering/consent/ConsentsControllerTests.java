package io.linli.groupbuy.ordering.consent;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.community.CommunityDouble;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A household lets somebody order for it who is there.
class ConsentsControllerTests {
    @RegisterExtension
    static final CommunityDouble community = new CommunityDouble();

    @RegisterExtension
    static final ServiceUnderTest service =
            Neighbourhood.service().with("linli.groupbuy.community.url", community::url);

    private final Neighbourhood here = new Neighbourhood(service);
    private final UUID household = UUID.randomUUID();

    @AfterEach
    void community_service_answers_again() {
        community.recover();
    }

    @Test
    void an_id_that_nobody_has_gets_no_consent() {
        var nobody = community.nobody();

        var refused = consent(here.resident(household), nobody);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("member-unknown");
        assertThat(refused.error("memberId")).isEqualTo(nobody.toString());
        assertThat(here.get(here.resident(household), "/ordering-consents")
                        .body()
                        .get("consents"))
                .isEmpty();
    }

    @Test
    void who_may_not_speak_for_the_household_learns_nothing_of_who_is_a_member() {
        assertThat(consent(here.resident(UUID.randomUUID()), community.nobody()).problem())
                .isEqualTo("not-your-household");
    }

    @Test
    void what_was_answered_is_answered_again_while_nobody_can_say_who_is_there() {
        var resident = here.resident(household);
        var buyer = UUID.randomUUID();
        var body = Map.of("householdId", household, "buyerMemberId", buyer, "channel", "app");
        var first = here.post(resident, "key", "/ordering-consents", body);
        community.server().stubFor(any(anyUrl()).willReturn(serverError()));

        var again = here.post(resident, "key", "/ordering-consents", body);
        var other = consent(resident, UUID.randomUUID());

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(503);
        assertThat(other.problem()).isEqualTo("community-unavailable");
    }

    @Test
    void a_floor_leader_without_a_household_sees_what_they_noted_and_where_they_may_order() {
        var me = UUID.randomUUID();
        var building = UUID.randomUUID();
        var floorLeader = service.tokens()
                .token(me)
                .member(here.community(), me)
                .building(building)
                .roles("floor-leader")
                .sign();
        var before = here.get(floorLeader, "/ordering-consents");
        tellOf(household, building);
        Await.until(
                "the registry to be heard",
                Duration.ofSeconds(15),
                () -> spoken(floorLeader, UUID.randomUUID()).status() == 201);
        var neighbour = UUID.randomUUID();
        here.post(
                here.resident(neighbour),
                "/ordering-consents",
                Map.of("householdId", neighbour, "buyerMemberId", me, "channel", "app"));
        var another = UUID.randomUUID();
        here.post(
                here.resident(another),
                "/ordering-consents",
                Map.of("householdId", another, "buyerMemberId", UUID.randomUUID(), "channel", "app"));

        var seen = here.get(floorLeader, "/ordering-consents");

        assertThat(before.status()).isEqualTo(200);
        assertThat(before.body().get("consents")).isEmpty();
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.body().get("consents"))
                .extracting(consent -> consent.get("householdId").asString())
                .containsExactly(neighbour.toString(), household.toString());
    }

    private Answer spoken(String floorLeader, UUID buyer) {
        return here.post(
                floorLeader,
                "/ordering-consents",
                Map.of("householdId", household, "buyerMemberId", buyer, "channel", "voice"));
    }

    private void tellOf(UUID lives, UUID building) {
        var told = Map.of("householdId", lives, "version", 1, "buildingId", building);
        service.events().publish(here.community(), "household.changed.v1", lives, told);
    }

    private Answer consent(String token, UUID buyer) {
        return here.post(
                token,
                "/ordering-consents",
                Map.of("householdId", household, "buyerMemberId", buyer, "channel", "app"));
    }
}
