package io.linli.groupbuy.closing;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.allocation.Allocate;
import io.linli.groupbuy.allocation.Allocate.Close;
import io.linli.groupbuy.allocation.Allocate.Share;
import io.linli.groupbuy.allocation.AllocationInput.Change;
import io.linli.groupbuy.allocation.AllocationInput.Claim;
import io.linli.groupbuy.allocation.Policy;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who may see how something was allocated, and what they are told.
class AllocationsControllerTests {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood here = new Neighbourhood(service);
    private final UUID wang = UUID.randomUUID();
    private final UUID li = UUID.randomUUID();
    private UUID groupBuy;
    private UUID greens;
    private UUID orderOfWang;
    private UUID orderOfLi;

    @BeforeEach
    void order() {
        var opened = here.open(1, item("青菜", 200, 200));
        groupBuy = opened.id("groupBuyId");
        greens = itemOf(opened, 0);
        orderOfWang = here.place(here.resident(wang), groupBuy, line(greens, 3)).id("orderId");
        orderOfLi = here.place(here.resident(li), groupBuy, line(greens, 4)).id("orderId");
    }

    @Test
    void a_household_reads_why_it_gets_less_in_numbers_and_words() {
        allocate(Policy.FIRST_COME, 5);

        var told = here.get(here.resident(li), "/orders/" + orderOfLi + "/allocation");

        assertThat(told.status()).isEqualTo(200);
        var line = told.body().get("lines").get(0);
        assertThat(line.get("granted").asInt()).isEqualTo(2);
        assertThat(line.get("replayed").asBoolean()).isTrue();
        assertThat(line.get("household").get("places").get(0).get("ahead").asInt())
                .isEqualTo(3);
        assertThat(line.get("text").asString())
                .isEqualTo("There were 5 for 7 wanted, given in the order in which they were asked for. "
                        + "Your household asked for 4 and gets 2. Before your 4 stood 3 others: 2 granted.");
    }

    @Test
    void the_words_are_chinese_unless_english_is_preferred() {
        allocate(Policy.EQUAL_SHARE, 5);

        service.client()
                .get()
                .uri("/v1/communities/" + here.community() + "/orders/" + orderOfWang + "/allocation")
                .headers(headers -> headers.setBearerAuth(here.resident(wang)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.lines[0].text")
                .isEqualTo(
                        "共有 5 份，全部订单要 7 份，按家庭人数平均分配。您家要 3 份，分到 3 份。" + "每人先分到至多 2 份，您家 1 人；余下的一份一份补给人均最少的家庭，您家补到 1 份。");
    }

    @Test
    void who_gets_all_is_told_that_there_was_enough() {
        allocate(Policy.NEED_FIRST, 7);

        var told = here.get(here.resident(wang), "/orders/" + orderOfWang + "/allocation");

        assertThat(told.body().get("lines").get(0).get("text").asString())
                .isEqualTo("There were 7 for 7 wanted: enough for everybody. Your household gets all 3 it asked for.");
    }

    @Test
    void nobody_else_reads_the_explanation_of_a_household() {
        allocate(Policy.EQUAL_SHARE, 5);

        for (var token : List.of(here.resident(li), here.resident(UUID.randomUUID()), here.leader())) {
            var told = here.get(token, "/orders/" + orderOfWang + "/allocation");
            assertThat(told.status()).isIn(403, 404);
        }
    }

    @Test
    void before_the_close_nothing_is_allocated() {
        var told = here.get(here.resident(wang), "/orders/" + orderOfWang + "/allocation");

        assertThat(told.problem()).isEqualTo("allocation-unknown");
        assertThat(here.get(here.leader(), "/group-buys/" + groupBuy + "/allocations/" + UUID.randomUUID())
                        .problem())
                .isEqualTo("allocation-unknown");
    }

    @Test
    void leader_and_coordinator_read_all_grants() {
        allocate(Policy.FIRST_COME, 5);

        for (var token : List.of(here.leader(), here.coordinator())) {
            var list = here.get(token, "/group-buys/" + groupBuy + "/allocations");
            var one = list.body().get("items").get(0);
            var whole = here.get(
                    token,
                    "/group-buys/" + groupBuy + "/allocations/"
                            + one.get("allocationId").asString());

            assertThat(one.get("granted").asInt()).isEqualTo(5);
            assertThat(whole.body().get("replayed").asBoolean()).isTrue();
            assertThat(whole.body().get("grants").values())
                    .extracting(grant -> grant.get("householdId").asString() + grant.get("granted"))
                    .containsExactly(wang + "3", li + "2");
        }
    }

    @Test
    void a_leader_of_another_group_buy_reads_nothing() {
        var other = new Neighbourhood(service);
        var stranger = service.tokens().member(here.community(), UUID.randomUUID(), "leader");

        assertThat(here.get(stranger, "/group-buys/" + groupBuy + "/allocations")
                        .problem())
                .isEqualTo("not-your-group-buy");
        assertThat(here.get(here.resident(wang), "/group-buys/" + groupBuy + "/allocations")
                        .status())
                .isEqualTo(403);
        assertThat(other.get(other.leader(), "/group-buys/" + groupBuy + "/allocations")
                        .problem())
                .isEqualTo("group-buy-unknown");
    }

    private void allocate(Policy policy, long supply) {
        var claims = List.of(
                new Claim(orderOfWang, wang, 1, List.of(new Change(NOW, 3))),
                new Claim(orderOfLi, li, 2, List.of(new Change(NOW.plusSeconds(1), 4))));
        var close = new Close(here.community(), groupBuy, policy, List.of(new Share(greens, supply, claims)));
        var allocate = service.bean(Allocate.class);
        service.bean(Transactions.class)
                .in(
                        here.community(),
                        () -> allocate.atClose(close, NOW).flatMap(runs -> allocate.keep(here.community(), runs)))
                .block();
    }
}
