package io.linli.groupbuy.statements;

import static io.linli.groupbuy.Neighbourhood.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.paper.Format;
import io.linli.groupbuy.payment.Purse;
import io.linli.groupbuy.payment.Purse.Placed;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ReconciliationControllerTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    @Test
    void prepaid_orders_agree_from_the_first_payment_to_the_last_refund() {
        var eggs = item("鸡蛋", 100, 50);
        eggs.put("caseSize", 10);
        eggs.put("tiers", List.of(Map.of("fromQuantity", 10, "priceFen", 300)));
        var purse = new Purse(service, Map.of("paymentMode", "prepay", "feeFlatFen", 20), eggs);
        var whole = pay(purse, purse.place(9));
        var cut = pay(purse, purse.place(4));
        var cancelled = pay(purse, purse.place(2));
        purse.succeed(UUID.randomUUID(), whole, 3150);
        var twice = purse.awaitRequestedRefund(whole);
        purse.here().cancel(cancelled.token(), cancelled.id());
        var back = purse.awaitRequestedRefund(cancelled);
        assertThat(report(purse).get("agrees").asBoolean()).isTrue();

        purse.here().close(purse.here().leader(), purse.groupBuy());
        purse.refunded(UUID.fromString(back.get("refundId").asString()));
        Await.until("paid back", Purse.SOON, () -> fen(report(purse), "refundedFen") == 700);

        var report = report(purse);
        assertThat(report.get("agrees").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.get("differences")).isEmpty();
        assertThat(report.get("totals").get("orders").asInt()).isEqualTo(2);
        assertThat(fen(report, "orderedFen")).isEqualTo(13 * 350);
        assertThat(fen(report, "chargedFen")).isEqualTo(10 * 300);
        assertThat(fen(report, "paidFen")).isEqualTo(13 * 350 + 3150 + 700);
        assertThat(fen(report, "owedBackFen")).isEqualTo(3150 + 3 * 350 + 10 * 50);
        assertThat(fen(report, "outstandingFen")).isZero();
        assertThat(fen(report, "leaderFeeFen")).isEqualTo(40);
        assertThat(fen(report, "supplierDueFen")).isEqualTo(10 * 300 - 40);
        assertThat(purse.money(cut).get("refundedFen").asLong()).isPositive();
        assertThat(twice.get("amountFen").asLong()).isEqualTo(3150);
    }

    @Test
    void cash_that_a_leader_took_and_owes_is_told() {
        var eggs = item("鸡蛋", 100, 50);
        eggs.put("caseSize", 10);
        var purse = new Purse(service, Map.of("paymentMode", "later"), eggs);
        var first = purse.place(8);
        purse.place(5);
        purse.here().close(purse.here().leader(), purse.groupBuy());
        purse.confirm(
                purse.here().leader(),
                first,
                purse.money(first).get("chargedFen").asLong());

        var report = report(purse);

        assertThat(report.get("agrees").asBoolean()).as(report.toString()).isTrue();
        assertThat(fen(report, "chargedFen")).isEqualTo(10 * 350);
        assertThat(fen(report, "cashHeldFen")).isEqualTo(fen(report, "paidFen")).isPositive();
        assertThat(fen(report, "outstandingFen")).isEqualTo(3500 - fen(report, "paidFen"));
    }

    @Test
    void cash_of_a_group_buy_that_failed_is_owed_by_its_leader() {
        var eggs = item("鸡蛋", 100, 50);
        eggs.put("caseSize", 10);
        var purse = new Purse(service, Map.of("paymentMode", "cash"), eggs);
        var placed = purse.place(3);
        purse.confirm(purse.here().leader(), placed, 1050);
        purse.here().close(purse.here().leader(), purse.groupBuy());

        var owed = report(purse);
        purse.here()
                .post(
                        purse.here().leader(),
                        "/group-buys/" + purse.groupBuy() + "/hand-backs",
                        Map.of("orderIds", List.of(placed.id())));
        var handedBack = report(purse);

        assertThat(owed.get("agrees").asBoolean()).as(owed.toString()).isTrue();
        assertThat(fen(owed, "owedByLeaderFen")).isEqualTo(1050);
        assertThat(fen(owed, "cashHeldFen")).isEqualTo(1050);
        assertThat(handedBack.get("agrees").asBoolean()).isTrue();
        assertThat(fen(handedBack, "owedByLeaderFen")).isZero();
        assertThat(fen(handedBack, "cashHeldFen")).isZero();
        assertThat(fen(handedBack, "refundedFen")).isEqualTo(1050);
    }

    @Test
    void the_refund_of_a_cancelled_order_is_pending_until_it_is_asked_for() {
        var purse = new Purse(service, "prepay");
        var cancelled = pay(purse, purse.place(2));
        purse.here().cancel(cancelled.token(), cancelled.id());
        var reports = new ArrayList<JsonNode>();
        Await.until("refund asked for", Purse.SOON, () -> {
            reports.add(report(purse));
            return fen(reports.getLast(), "owedBackFen") == 700;
        });

        assertThat(reports).allSatisfy(report -> {
            assertThat(report.get("agrees").asBoolean()).as(report.toString()).isTrue();
            assertThat(fen(report, "refundPendingFen") + fen(report, "owedBackFen"))
                    .isEqualTo(700);
        });
    }

    @Test
    void a_refund_that_nobody_asks_for_is_named() {
        var purse = new Purse(service, "prepay");
        var cancelled = pay(purse, purse.place(2));
        update("UPDATE orders SET state = 'cancelled' WHERE id = ?", cancelled.id());

        var pending = report(purse);
        update(
                "UPDATE order_step SET at = at - interval '2 hours' WHERE what = 'cancelled' AND order_id = ?",
                cancelled.id());
        var overdue = report(purse);

        assertThat(pending.get("agrees").asBoolean()).as(pending.toString()).isTrue();
        assertThat(fen(pending, "refundPendingFen")).isEqualTo(700);
        assertThat(fen(overdue, "refundPendingFen")).isZero();
        assertThat(overdue.get("differences"))
                .extracting(difference -> difference.get("what").asString() + " " + difference.get("foundFen"))
                .containsExactly("overpaid 700");
    }

    @Test
    void every_report_agrees_while_orders_and_cash_go_on() {
        var purse = new Purse(service, "cash");
        var placed = new ConcurrentLinkedQueue<Placed>();
        var running = new AtomicInteger(16);
        var clients = new ArrayList<Callable<List<JsonNode>>>();
        IntStream.range(0, 16)
                .forEach(_ -> clients.add(() -> {
                    try {
                        for (var number = 0; number < 8; number++) {
                            var order = purse.place(2);
                            placed.add(order);
                            purse.confirm(purse.here().leader(), order, 700);
                        }
                        return List.of();
                    } finally {
                        running.decrementAndGet();
                    }
                }));
        clients.add(() -> {
            var reports = new ArrayList<JsonNode>();
            do {
                reports.add(report(purse));
            } while (running.get() > 0);
            return reports;
        });

        var reports = Neighbourhood.together(clients).getLast();

        assertThat(reports)
                .allSatisfy(report -> assertThat(report.get("agrees").asBoolean())
                        .as(report.toString())
                        .isTrue());
        assertThat(fen(report(purse), "paidFen")).isEqualTo(placed.size() * 700L);
        assertThat(fen(report(purse), "cashHeldFen")).isEqualTo(placed.size() * 700L);
    }

    @Test
    void paper_has_the_same_in_yuan() {
        var purse = new Purse(service, "cash");
        purse.confirm(purse.here().leader(), purse.place(2), 700);
        var accounts = new Accounts(service, purse.here());

        var rows = accounts.excel(purse.here().leader(), path(purse) + "?format=xlsx");
        var pdf = accounts.pdf(purse.here().leader(), path(purse) + "?format=pdf");

        assertThat(rows.getFirst().getCellText(0)).isEqualTo("周二蔬菜 对账表");
        assertThat(rows.get(4).getCell(3).asNumber()).isEqualByComparingTo("7.00");
        assertThat(pdf).contains("对账表", "团长持有现金", "7.00", "没有差异");
        service.client(purse.here().leader())
                .get()
                .uri("/v1/communities/" + purse.here().community() + path(purse))
                .header("Accept", Format.PDF.mediaType())
                .exchange()
                .expectHeader()
                .contentType(Format.PDF.mediaType());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?format=pdf  | */*                                      | application/pdf",
                "?format=json | */*                                      | application/json",
                "             | */*                                      | application/json",
                "?format=pdf  | application/json                         | application/pdf",
                "             | application/json, application/pdf;q=0.1  | application/json",
                "             | application/json;q=0.1, application/pdf  | application/pdf",
                "             | application/json, application/pdf;q=0    | application/json"
            })
    void the_answer_says_what_it_is(@Nullable String asked, String accept, String type) {
        var purse = new Purse(service, "cash");

        var answer = service.client(purse.here().leader())
                .get()
                .uri("/v1/communities/" + purse.here().community() + path(purse) + (asked == null ? "" : asked))
                .headers(headers -> headers.set("Accept", accept))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult();

        assertThat(String.valueOf(answer.getResponseHeaders().getContentType())).isEqualTo(type);
        assertThat(new String(answer.getResponseBody(), UTF_8)).startsWith(type.endsWith("pdf") ? "%PDF" : "{");
    }

    @Test
    void it_is_for_those_who_lead_the_group_buy_and_coordinators() {
        var purse = new Purse(service, "cash");
        var here = purse.here();
        var stranger = service.tokens().member(here.community(), UUID.randomUUID(), "leader");
        var coLeader = UUID.randomUUID();
        var leaders = Map.of("leaderId", here.leaderId(), "coLeaderIds", List.of(coLeader));
        var handedOver = here.put(here.leader(), "/group-buys/" + purse.groupBuy() + "/leaders", leaders);
        assertThat(handedOver.status()).as(handedOver.body().toString()).isEqualTo(200);

        assertThat(here.get(here.coordinator(), path(purse)).status()).isEqualTo(200);
        assertThat(here.get(service.tokens().member(here.community(), coLeader, "leader"), path(purse))
                        .status())
                .isEqualTo(200);
        assertThat(here.get(stranger, path(purse)).problem()).isEqualTo("not-your-group-buy");
        assertThat(here.get(here.resident(UUID.randomUUID()), path(purse)).problem())
                .isEqualTo("not-your-group-buy");
        assertThat(here.get(here.leader(), "/group-buys/" + UUID.randomUUID() + "/reconciliation")
                        .problem())
                .isEqualTo("group-buy-unknown");
    }

    private static void update(String sql, UUID order) {
        assertThat(service.jdbc().sql(sql).param(order).update()).isEqualTo(1);
    }

    private static Placed pay(Purse purse, Placed placed) {
        var due = purse.here()
                .get(placed.token(), "/orders/" + placed.id())
                .body()
                .get("amountFen")
                .asLong();
        purse.succeed(purse.requestedPayment(placed, due), placed, due);
        Await.until("paid", Purse.SOON, () -> purse.payment(placed).equals("paid"));
        return placed;
    }

    private static JsonNode report(Purse purse) {
        var report = purse.here().get(purse.here().leader(), path(purse));
        assertThat(report.status()).as(report.body().toString()).isEqualTo(200);
        return report.body();
    }

    private static long fen(JsonNode report, String total) {
        return report.get("totals").get(total).asLong();
    }

    private static String path(Purse purse) {
        return "/group-buys/" + purse.groupBuy() + "/reconciliation";
    }
}
