package io.linli.groupbuy;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static io.linli.groupbuy.Neighbourhood.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import io.linli.kit.testing.WrongUse.Attempt;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrongUseTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    @TestFactory
    Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
        return WrongUse.of(service)
                .inWrongState("closeGroupBuy", "already-closed", WrongUseTests::aClosingAfterTheFirst)
                .inWrongState("editGroupBuy", "already-open", WrongUseTests::anEditOfAnOpenOne)
                .inWrongState("publishGroupBuy", "already-published", WrongUseTests::aPublicationOfAnOpenOne)
                .inWrongState("handOverGroupBuy", "group-buy-failed", WrongUseTests::aHandOverAfterItFailed)
                .inWrongState("decideGroupBuy", "already-decided", WrongUseTests::aDecisionAfterTheClosing)
                .inWrongState("cancelGroupBuy", "already-decided", WrongUseTests::aCallingOffAfterTheClosing)
                .inWrongState("recordDelivery", "not-formed", WrongUseTests::aDeliveryOfAnOpenOne)
                .inWrongState("placeOrder", "window-closed", WrongUseTests::anOrderAfterTheClosing)
                .inWrongState("cancelOrder", "already-cancelled", WrongUseTests::aCancellationAfterTheFirst)
                .inWrongState("confirmCash", "nothing-due", WrongUseTests::cashForWhatIsNotChargedYet)
                .allowedInEveryState("handBackCash")
                .inWrongState("recordPayout", "payout-over-balance", WrongUseTests::aPayoutOfWhatIsNotOwed)
                .inWrongState("reversePayout", "payout-reversed", WrongUseTests::aReversalAfterTheFirst)
                .inWrongState("changeOrder", "already-cancelled", WrongUseTests::aChangeAfterTheCancellation)
                .inWrongState(
                        "withdrawOrderingConsent",
                        "ordering-consent-withdrawn",
                        WrongUseTests::aWithdrawalAfterTheFirst)
                .allowedInEveryState("giveOrderingConsent")
                .inWrongState("confirmImport", "import-confirmed", WrongUseTests::aConfirmedImport)
                .inWrongState("freezePackingSheet", "packing-too-early", WrongUseTests::aSheetOfAnOpenGroupBuy)
                .allowedInEveryState("previewImport", "addSupplier", "createGroupBuy", "putFeeCap", "putFundShare")
                .allowedInEveryState("copyGroupBuy", "useTemplate", "saveTemplate", "repeatGroupBuy")
                .inWrongState("endRepeat", "repeat-ended", WrongUseTests::anEndingAfterTheFirst)
                .tests();
    }

    private static Attempt aClosingAfterTheFirst() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        here.close(here.leader(), groupBuy);
        return new Attempt(here.leader(), null, here.community(), groupBuy);
    }

    private static Attempt aSheetOfAnOpenGroupBuy() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        return new Attempt(here.leader(), null, here.community(), groupBuy);
    }

    private static Attempt aCallingOffAfterTheClosing() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        here.close(here.leader(), groupBuy);
        return new Attempt(here.leader(), Map.of("reason", "台风停运"), here.community(), groupBuy);
    }

    private static Attempt aDeliveryOfAnOpenOne() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5));
        var told = Map.of("lines", List.of(Map.of("itemId", itemOf(groupBuy, 0), "arrived", 1)));
        return new Attempt(here.leader(), told, here.community(), groupBuy.id("groupBuyId"));
    }

    private static Attempt anEditOfAnOpenOne() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        return new Attempt(here.leader(), offer(here, item("青菜", 10, 5)), here.community(), groupBuy);
    }

    private static Attempt aPublicationOfAnOpenOne() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        return new Attempt(here.leader(), null, here.community(), groupBuy);
    }

    private static Attempt aConfirmedImport() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        var confirmed = UUID.randomUUID();
        service.jdbc()
                .sql("""
                        INSERT INTO sheet_import (id, community_id, group_buy_id, leader_id, state, expires_at)
                        VALUES (?, ?, ?, ?, 'confirmed', now() + interval '1 hour')""")
                .params(confirmed, here.community(), groupBuy, here.leaderId())
                .update();
        return new Attempt(here.leader(), null, here.community(), groupBuy, confirmed);
    }

    private static Attempt aHandOverAfterItFailed() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        here.close(here.leader(), groupBuy);
        var leaders = Map.of("leaderId", here.leaderId().toString());
        return new Attempt(here.leader(), leaders, here.community(), groupBuy);
    }

    private static Attempt aDecisionAfterTheClosing() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        here.close(here.leader(), groupBuy);
        return new Attempt(here.leader(), null, here.community(), groupBuy);
    }

    private static Attempt anEndingAfterTheFirst() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId").toString();
        var asked = Map.of("groupBuyId", groupBuy, "weekday", "monday", "localTime", "08:30");
        var repeat = here.post(here.leader(), "/repeating-group-buys", asked).id("repeatId");
        here.post(here.leader(), "/repeating-group-buys/" + repeat + "/ending", null);
        return new Attempt(here.leader(), null, here.community(), repeat);
    }

    private static Attempt anOrderAfterTheClosing() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5));
        here.close(here.leader(), groupBuy.id("groupBuyId"));
        var order = order(line(itemOf(groupBuy, 0), 1));
        return new Attempt(here.resident(UUID.randomUUID()), order, here.community(), groupBuy.id("groupBuyId"));
    }

    private static Attempt cashForWhatIsNotChargedYet() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5));
        var id = groupBuy.id("groupBuyId");
        var order = here.place(here.resident(UUID.randomUUID()), id, line(itemOf(groupBuy, 0), 1))
                .id("orderId");
        var cash = Map.of("payments", List.of(Map.of("orderId", order, "amountFen", 350)));
        return new Attempt(here.leader(), cash, here.community(), id);
    }

    private static Attempt aPayoutOfWhatIsNotOwed() {
        var here = new Neighbourhood(service);
        return new Attempt(here.coordinator(), aPayoutOfOneFen(here), here.community());
    }

    private static Map<String, Object> aPayoutOfOneFen(Neighbourhood here) {
        return Map.of(
                "payee",
                "supplier",
                "ownerId",
                here.supplier(),
                "amountFen",
                1,
                "paidOn",
                LocalDate.now(ZoneId.of("Asia/Shanghai")).toString(),
                "reference",
                "0071");
    }

    private static Attempt aReversalAfterTheFirst() {
        var here = new Neighbourhood(service);
        service.jdbc().sql("""
                        WITH earned AS (
                            INSERT INTO ledger_transaction (id, community_id, key, occasion, posted_at)
                            VALUES (gen_random_uuid(), :community, 'test', 'payout', now()) RETURNING id)
                        INSERT INTO posting (community_id, transaction_id, position, account, owner_id, fen)
                        SELECT :community, id, position, account, :community, fen
                          FROM earned, (VALUES (1, 'fund', 5), (2, 'clearing', -5)) AS given (position, account, fen)""").param("community", here.community()).update();
        var paid = new HashMap<String, Object>(aPayoutOfOneFen(here));
        paid.put("payee", "fund");
        paid.put("ownerId", here.community());
        var payout = here.post(here.coordinator(), "/payouts", paid).id("payoutId");
        here.post(here.coordinator(), "/payouts/" + payout + "/reversal", Map.of("reason", "录错"));
        return new Attempt(here.coordinator(), Map.of("reason", "录错"), here.community(), payout);
    }

    private static Attempt aChangeAfterTheCancellation() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5));
        var resident = here.resident(UUID.randomUUID());
        var order = here.place(resident, groupBuy.id("groupBuyId"), line(itemOf(groupBuy, 0), 1))
                .id("orderId");
        here.cancel(resident, order);
        return new Attempt(resident, order(line(itemOf(groupBuy, 0), 2)), here.community(), order);
    }

    private static Attempt aWithdrawalAfterTheFirst() {
        var here = new Neighbourhood(service);
        var household = UUID.randomUUID();
        var resident = here.resident(household);
        var consent = here.post(
                        resident,
                        "/ordering-consents",
                        Map.of("householdId", household, "buyerMemberId", UUID.randomUUID(), "channel", "app"))
                .id("consentId");
        here.post(resident, "/ordering-consents/" + consent + "/withdrawal", null);
        return new Attempt(resident, null, here.community(), consent);
    }

    private static Attempt aCancellationAfterTheFirst() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5));
        var resident = here.resident(UUID.randomUUID());
        var order = here.place(resident, groupBuy.id("groupBuyId"), line(itemOf(groupBuy, 0), 1))
                .id("orderId");
        here.cancel(resident, order);
        return new Attempt(resident, null, here.community(), order);
    }

    @Test
    void one_key_for_two_different_orders_is_refused() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5));
        var orders = "/group-buys/" + groupBuy.id("groupBuyId") + "/orders";
        var resident = here.resident(UUID.randomUUID());

        var first = here.post(resident, "key", orders, order(line(itemOf(groupBuy, 0), 1)));
        var other = here.post(resident, "key", orders, order(line(itemOf(groupBuy, 0), 2)));

        assertThat(first.status()).isEqualTo(201);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void lists_have_no_holes() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        var hole = Collections.singletonList(null);
        var offer = offer(here, item("青菜", 10, 5));
        offer.put("items", hole);

        var orders = "/group-buys/" + groupBuy + "/orders";
        assertThat(here.post(here.resident(UUID.randomUUID()), orders, Map.of("lines", hole))
                        .status())
                .isEqualTo(400);
        assertThat(here.post(here.leader(), "/group-buys", offer).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u3000", "\u00a0", "a\u0000", "a\u0085"})
    void texts_of_nothing_but_spaces_or_with_control_characters_are_refused(String text) {
        var here = new Neighbourhood(service);
        var untitled = offer(here, item("青菜", 10, 5));
        untitled.put("title", text);
        var unitless = item("青菜", 10, 5);
        unitless.put("unit", text);

        assertThat(here.post(here.leader(), "/suppliers", Map.of("name", text)).status())
                .isEqualTo(400);
        for (var body : List.of(untitled, offer(here, item(text, 10, 5)), offer(here, unitless))) {
            assertThat(here.post(here.leader(), "/group-buys", body).status()).isEqualTo(400);
        }
    }

    private static Map<String, Object> offer(Neighbourhood here, Map<String, Object> item) {
        var now = Instant.now();
        return here.newGroupBuy(1, now.plusSeconds(600), now.plusSeconds(1200), item);
    }

    @Test
    void problems_speak_chinese_unless_english_is_asked_for() {
        var here = new Neighbourhood(service);

        var english = here.get(here.leader(), "/group-buys/" + UUID.randomUUID());
        service.client()
                .get()
                .uri("/v1/communities/" + here.community() + "/group-buys/" + UUID.randomUUID())
                .headers(headers -> headers.setBearerAuth(here.leader()))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("没有这个团购。");

        assertThat(english.body().get("detail").asString()).isEqualTo("There is no such group buy here.");
    }
}
