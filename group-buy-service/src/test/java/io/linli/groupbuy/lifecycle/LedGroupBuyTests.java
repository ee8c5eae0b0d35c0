package io.linli.groupbuy.lifecycle;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.forbidden;
import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.community.CommunityDouble;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who leads a group buy brings it to its end without the role of a leader; the role alone opens nobody's group buy.
class LedGroupBuyTests {
    @RegisterExtension
    static final CommunityDouble community = new CommunityDouble();

    @RegisterExtension
    static final ServiceUnderTest service =
            Neighbourhood.service().with("linli.groupbuy.community.url", () -> community.url());

    private final UUID coLeader = UUID.randomUUID();
    private Neighbourhood here;
    private Answer created;
    private UUID order;

    @BeforeEach
    void a_group_buy_with_an_order_and_a_co_leader() {
        here = new Neighbourhood(service);
        var now = Instant.now();
        var body = here.newGroupBuy(1, now.minusSeconds(60), now.plus(Duration.ofHours(1)), item("青菜", 10, 5));
        body.put("coLeaderIds", List.of(coLeader));
        created = here.post(here.leader(), "/group-buys", body);
        var household = community.household("2号楼", "1单元", 1, "101");
        order = here.place(here.resident(household), id(), line(itemOf(created, 0), 2))
                .id("orderId");
    }

    @Test
    void a_co_leader_without_the_role_brings_it_to_its_end() {
        var token = here.member(coLeader);

        assertThat(here.close(token, id()).status()).isEqualTo(200);
        var cash = Map.of("payments", List.of(Map.of("orderId", order, "amountFen", 700)));
        assertThat(here.post(token, path("/cash-payments"), cash).status()).isEqualTo(200);
        assertThat(here.post(token, path("/packing-sheets"), null).status()).isEqualTo(201);
        assertThat(here.post(token, path("/hand-backs"), Map.of("orderIds", List.of(order)))
                        .status())
                .isEqualTo(200);
        for (var read : List.of(
                "/refunds", "/allocations", "/reconciliation", "/totals", "/packing-sheets", "/packing-sheets/1")) {
            assertThat(here.get(token, path(read)).status()).as(read).isEqualTo(200);
        }
        assertThat(here.get(token, path("/imports/" + UUID.randomUUID())).problem())
                .isEqualTo("import-unknown");
        assertThat(here.post(token, path("/decision"), null).problem()).isEqualTo("already-decided");
        assertThat(here.post(token, path("/cancellation"), Map.of("reason", "台风停运"))
                        .problem())
                .isEqualTo("already-decided");
    }

    @Test
    void the_role_of_a_leader_opens_nobodys_group_buy() {
        var stranger = service.tokens().member(here.community(), UUID.randomUUID(), "leader");
        var cash = Map.of("payments", List.of(Map.of("orderId", order, "amountFen", 700)));

        for (var token : List.of(stranger, here.resident(UUID.randomUUID()))) {
            for (var read : List.of(
                    "/refunds",
                    "/allocations",
                    "/reconciliation",
                    "/totals",
                    "/packing-sheets",
                    "/packing-sheets/1",
                    "/imports/" + UUID.randomUUID())) {
                assertThat(here.get(token, path(read)).problem()).as(read).isEqualTo("not-your-group-buy");
            }
            for (var write : List.of("/closing", "/decision", "/packing-sheets")) {
                assertThat(here.post(token, path(write), null).problem())
                        .as(write)
                        .isEqualTo("not-your-group-buy");
            }
            assertThat(here.post(token, path("/cash-payments"), cash).problem()).isEqualTo("not-your-group-buy");
        }
    }

    @Test
    void a_coordinator_may_do_all_but_hold_its_cash() {
        var cash = Map.of("payments", List.of(Map.of("orderId", order, "amountFen", 700)));

        assertThat(here.close(here.coordinator(), id()).status()).isEqualTo(200);
        assertThat(here.get(here.coordinator(), path("/totals")).status()).isEqualTo(200);
        assertThat(here.post(here.coordinator(), path("/cash-payments"), cash).problem())
                .isEqualTo("not-your-group-buy");
    }

    @Test
    void who_leads_it_is_told_when_it_is_announced_and_when_it_is_handed_over() throws IOException {
        var written = told(0);
        here.put(here.leader(), path("/leaders"), Map.of("leaderId", coLeader));

        var handedOver = told(1);

        assertThat(written.get("leaderIds").valueStream().map(JsonNode::asString))
                .containsExactly(here.leaderId().toString(), coLeader.toString());
        assertThat(handedOver.get("leaderIds").valueStream().map(JsonNode::asString))
                .containsExactly(coLeader.toString());
        var sample = JsonMapper.shared().readTree(Files.readString(Path.of("src/main/events/group-buy.led.v1.json")));
        assertThat(written.propertyNames()).containsExactlyElementsOf(sample.propertyNames());
        assertThat(written.get("closesAt")).isEqualTo(created.body().get("closesAt"));
    }

    @Test
    void of_a_draft_nobody_is_told_who_leads_it_until_it_is_published() {
        var now = Instant.now();
        var body = here.newGroupBuy(1, now.minusSeconds(60), now.plus(Duration.ofHours(1)), item("青菜", 10, 5));
        body.put("coLeaderIds", List.of(coLeader));
        body.put("draft", true);
        created = here.post(here.leader(), "/group-buys", body);
        var next = UUID.randomUUID();
        assertThat(here.put(here.leader(), path("/leaders"), Map.of("leaderId", next))
                        .status())
                .isEqualTo(200);
        assertThat(here.edit(here.member(next), path(""), "\"1\"", body).status())
                .isEqualTo(200);

        assertThat(here.post(here.member(next), path("/publication"), null).status())
                .isEqualTo(200);

        var told = told(2);
        assertThat(service.events().heard("group-buy.led.v1"))
                .filteredOn(event -> event.subject().equals(id()))
                .hasSize(1);
        assertThat(told.get("leaderIds").get(0).asString()).isEqualTo(next.toString());
    }

    @Test
    void what_community_service_refuses_is_refused_and_not_to_be_tried_again() {
        here.close(here.leader(), id());
        community.server().stubFor(any(anyUrl()).willReturn(forbidden()));
        try {
            var refused = here.post(here.leader(), path("/packing-sheets"), null);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("not-your-group-buy");
        } finally {
            community.recover();
        }
    }

    private JsonNode told(int version) {
        return service.events()
                .await(
                        "group-buy.led.v1",
                        event -> event.subject().equals(id())
                                && event.data().get("version").asInt() == version)
                .data();
    }

    private UUID id() {
        return created.id("groupBuyId");
    }

    private String path(String below) {
        return "/group-buys/" + id() + below;
    }
}
