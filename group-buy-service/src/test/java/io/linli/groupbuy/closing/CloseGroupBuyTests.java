package io.linli.groupbuy.closing;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.TestEvents.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CloseGroupBuyTests {
    private static final int EVENT_BYTES_MAX = 2_000_000;

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final UUID household = UUID.randomUUID();
    private Neighbourhood here;

    @BeforeEach
    void in_a_community_of_its_own() {
        here = new Neighbourhood(service);
    }

    @Test
    void enough_households_form_it_and_confirm_their_orders() {
        var created = here.open(2, item("青菜", 10, 5));
        var mine = place(created, household, 2);
        var theirs = place(created, UUID.randomUUID(), 1);
        var gone = place(created, UUID.randomUUID(), 1);
        here.cancel(here.resident(gone.id("householdId")), gone.id("orderId"));

        var closed = here.close(here.leader(), created.id("groupBuyId"));

        assertThat(closed.status()).isEqualTo(200);
        assertThat(closed.body().get("state").asString()).isEqualTo("formed");
        assertThat(closed.body().get("participants").asInt()).isEqualTo(2);
        assertThat(state(mine)).isEqualTo("confirmed");
        assertThat(state(theirs)).isEqualTo("confirmed");
        assertThat(state(gone)).isEqualTo("cancelled");
        var told = told("group-buy.formed.v1", created);
        assertThat(told.data().get("supplierName").asString()).isEqualTo("崇明绿叶合作社");
        assertThat(told.data().get("orders").size()).isEqualTo(2);
        var first = told.data().get("orders").get(0);
        assertThat(first.get("orderId").asString()).isEqualTo(mine.id("orderId").toString());
        assertThat(first.get("weightGrams").asLong()).isEqualTo(1000);
        assertThat(first.get("lines").get(0).get("quantity").asInt()).isEqualTo(2);
    }

    @Test
    void two_orders_of_one_household_are_one_participant_and_too_few_fail_it() {
        var created = here.open(2, item("青菜", 10, 5));
        var first = place(created, household, 2);
        var second = place(created, household, 1);

        var closed = here.close(here.leader(), created.id("groupBuyId"));

        assertThat(closed.body().get("state").asString()).isEqualTo("failed");
        assertThat(closed.body().get("participants").asInt()).isEqualTo(1);
        assertThat(state(first)).isEqualTo("failed");
        assertThat(state(second)).isEqualTo("failed");
        assertThat(told("group-buy.failed.v1", created).data().get("orders").size())
                .isEqualTo(2);
    }

    @Test
    void minimum_not_reached_everyone_is_told_and_the_amount_is_zero() {
        var created = here.open(3, item("青菜", 10, 5));
        place(created, household, 2);
        place(created, UUID.randomUUID(), 2);
        here.close(here.leader(), created.id("groupBuyId"));

        var totals = here.get(here.leader(), "/group-buys/" + created.id("groupBuyId") + "/totals");

        assertThat(totals.body().get("amountFen").asLong()).isZero();
        assertThat(totals.body().get("orders").get("failed").asInt()).isEqualTo(2);
        assertThat(told("group-buy.failed.v1", created).data().get("orders").size())
                .isEqualTo(2);
    }

    @Test
    void a_closed_group_buy_takes_no_orders_and_no_cancellations() {
        var created = here.open(1, item("青菜", 10, 5));
        var mine = place(created, household, 1);
        here.close(here.leader(), created.id("groupBuyId"));

        assertThat(place(created, household, 1).problem()).isEqualTo("window-closed");
        assertThat(here.cancel(here.resident(household), mine.id("orderId")).problem())
                .isEqualTo("window-closed");
        assertThat(here.close(here.leader(), created.id("groupBuyId")).problem())
                .isEqualTo("already-closed");
    }

    @Test
    void nobody_waits_for_anything_of_a_closed_group_buy_and_who_did_is_told() {
        for (var byHand : List.of(true, false)) {
            var created = here.openWith(Map.of("paymentMode", "cash"), item("鸡蛋", 1, 5));
            place(created, UUID.randomUUID(), 1);
            var waiting = new HashMap<String, Object>(Neighbourhood.order(line(itemOf(created, 0), 1)));
            waiting.put("waitlist", true);
            var waits = UUID.randomUUID();
            var next = here.resident(waits);
            here.post(next, "/group-buys/" + created.id("groupBuyId") + "/orders", waiting);
            assertThat(here.get(next, "/waitlist").body().get("places")).hasSize(1);

            if (byHand) {
                here.close(here.leader(), created.id("groupBuyId"));
            } else {
                closeOnTime(created);
            }

            assertThat(here.get(next, "/waitlist").body().get("places"))
                    .as("closed by hand: " + byHand)
                    .isEmpty();
            var told = told("waitlist.ended.v1", created).data();
            assertThat(told.get("title")).isEqualTo(created.body().get("title"));
            assertThat(told.get("waiting")).hasSize(1);
            assertThat(told.get("waiting").get(0).get("householdId").asString()).isEqualTo(waits.toString());
        }
    }

    @Test
    void where_nobody_waits_nobody_is_told_so() {
        var created = here.open(1, item("青菜", 10, 5));

        here.close(here.leader(), created.id("groupBuyId"));

        told("group-buy.failed.v1", created);
        assertThat(service.events().heard("waitlist.ended.v1"))
                .noneMatch(event -> event.subject().equals(created.id("groupBuyId")));
    }

    @Test
    void only_its_leader_or_a_coordinator_closes_it() {
        var created = here.open(1, item("青菜", 10, 5));
        var groupBuy = created.id("groupBuyId");
        var otherLeader = service.tokens().member(here.community(), UUID.randomUUID(), "leader");

        assertThat(here.close(here.resident(household), groupBuy).problem()).isEqualTo("not-your-group-buy");
        assertThat(here.close(otherLeader, groupBuy).problem()).isEqualTo("not-your-group-buy");
        assertThat(here.close(here.leader(), UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(here.close(here.coordinator(), groupBuy).status()).isEqualTo(200);
    }

    @Test
    void one_that_is_not_open_yet_is_not_closed() {
        var opens = Instant.now().plusSeconds(600);
        var created = here.post(
                here.leader(), "/group-buys", here.newGroupBuy(1, opens, opens.plusSeconds(60), item("青菜", 10, 5)));

        assertThat(here.close(here.leader(), created.id("groupBuyId")).problem())
                .isEqualTo("not-open-yet");
    }

    @Test
    void a_timer_that_was_down_for_hours_around_closing_time_closes_what_is_due() {
        var created = here.open(1, item("青菜", 10, 5));
        var mine = place(created, household, 1);
        var neverOpened = here.open(1, item("青菜", 10, 5));
        var longAgo = Instant.now().minus(Duration.ofHours(5));
        here.moveWindow(created.id("groupBuyId"), longAgo.minusSeconds(60), longAgo);
        service.jdbc()
                .sql("UPDATE group_buy SET state = 'scheduled', opens_at = ?, closes_at = ? WHERE id = ?")
                .params(
                        java.sql.Timestamp.from(longAgo.minusSeconds(60)),
                        java.sql.Timestamp.from(longAgo),
                        neverOpened.id("groupBuyId"))
                .update();

        service.bean(CloseDueGroupBuys.class).handle(Instant.now()).block(Duration.ofSeconds(20));

        assertThat(state(mine)).isEqualTo("confirmed");
        assertThat(groupBuyState(created)).isEqualTo("formed");
        assertThat(groupBuyState(neverOpened)).isEqualTo("failed");
    }

    @Test
    void the_timer_leaves_alone_what_is_not_due() {
        var created = here.open(1, item("青菜", 10, 5));

        service.bean(CloseDueGroupBuys.class).handle(Instant.now()).block(Duration.ofSeconds(20));

        assertThat(groupBuyState(created)).isEqualTo("open");
    }

    @Test
    void three_thousand_orders_are_one_event_of_bounded_size() {
        var created = here.open(3000, item("青菜", 10_000, 5), item("鸡蛋", 10_000, 5));
        insertOrders(created, 3000);

        var closed = here.close(here.leader(), created.id("groupBuyId"));

        assertThat(closed.body().get("state").asString()).isEqualTo("formed");
        var told = told("group-buy.formed.v1", created);
        assertThat(told.data().get("orders").size()).isEqualTo(3000);
        assertThat(told.data().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasSizeLessThan(EVENT_BYTES_MAX);
    }

    private void insertOrders(Answer created, int count) {
        var jdbc = service.jdbc();
        jdbc.sql("""
                        WITH placed AS (
                            INSERT INTO orders (id, community_id, group_buy_id, household_id, member_id, serial_number,
                                                display_name, state, payment, on_behalf, doorstep, amount_fen,
                                                weight_grams, placed_at)
                            SELECT gen_random_uuid(), g.community_id, g.id, gen_random_uuid(), gen_random_uuid(), n,
                                   '王*', 'placed', 'not-awaited', false, false, 700, 1000, g.opens_at
                              FROM group_buy g, generate_series(1, ?) n WHERE g.id = ?
                            RETURNING id, group_buy_id)
                        INSERT INTO order_line (community_id, order_id, position, item_id, name, quantity, price_fen,
                                                weight_grams)
                        SELECT i.community_id, p.id, i.position, i.id, i.name, 1, i.price_fen, i.weight_grams
                          FROM placed p JOIN item i ON i.group_buy_id = p.group_buy_id""").params(count, created.id("groupBuyId")).update();
        jdbc.sql("UPDATE group_buy SET last_serial = ? WHERE id = ?")
                .params(count, created.id("groupBuyId"))
                .update();
    }

    private void closeOnTime(Answer created) {
        var closes = Instant.now();
        here.moveWindow(created.id("groupBuyId"), closes.minusSeconds(60), closes);
        service.bean(CloseDueGroupBuys.class).handle(closes.plusSeconds(1)).block(Duration.ofSeconds(20));
    }

    private Answer place(Answer created, UUID buyer, int quantity) {
        return here.place(here.resident(buyer), created.id("groupBuyId"), line(itemOf(created, 0), quantity));
    }

    private String state(Answer order) {
        return here.get(here.coordinator(), "/orders/" + order.id("orderId"))
                .body()
                .get("state")
                .asString();
    }

    private String groupBuyState(Answer created) {
        return here.get(here.leader(), "/group-buys/" + created.id("groupBuyId"))
                .body()
                .get("state")
                .asString();
    }

    private static Heard told(String type, Answer created) {
        return service.events().await(type, event -> event.subject().equals(created.id("groupBuyId")));
    }
}
