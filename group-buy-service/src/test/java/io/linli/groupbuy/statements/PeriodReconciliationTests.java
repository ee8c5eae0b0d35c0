package io.linli.groupbuy.statements;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Three group buys paid in cash, whose windows end on three days one after the other.
class PeriodReconciliationTests {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 30);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.statements.reconciled-max", "3")
            .with("linli.groupbuy.statements.reconciled-orders-max", "300");

    private final Neighbourhood here = new Neighbourhood(service);
    private final List<Answer> groupBuys =
            IntStream.range(0, 3).mapToObj(_ -> cashGroupBuy()).toList();

    @Test
    void group_buys_of_a_period_are_told_by_themselves_and_in_sum() {
        pay(groupBuys.get(0), 2);
        pay(groupBuys.get(1), 3);
        pay(groupBuys.get(2), 5);
        place(groupBuys.get(1), 1);
        endOneAfterTheOther();

        var report = report(here.coordinator(), FIRST, FIRST.plusDays(1));

        assertThat(report.get("agrees").asBoolean()).as(report.toString()).isTrue();
        assertThat(ids(report)).containsExactly(id(0), id(1));
        assertThat(fen(report, "paidFen")).isEqualTo(5 * 350);
        assertThat(fen(report, "orderedFen")).isEqualTo(6 * 350);
        assertThat(report.get("totals").get("orders").asInt()).isEqualTo(3);
        var second = report.get("groupBuys").get(1);
        assertThat(second.get("title").asString()).isEqualTo("周二蔬菜");
        assertThat(second.get("report"))
                .isEqualTo(here.get(here.leader(), "/group-buys/" + id(1) + "/reconciliation")
                        .body());
        assertThat(ids(report(here.coordinator(), FIRST.plusDays(3), FIRST.plusDays(40))))
                .isEmpty();
    }

    @Test
    void days_begin_and_end_by_the_clocks_of_the_community() {
        endAt(0, FIRST.atStartOfDay(ZONE).toInstant().minusMillis(1));
        endAt(1, FIRST.atStartOfDay(ZONE).toInstant());
        endAt(2, FIRST.plusDays(1).atStartOfDay(ZONE).toInstant().minusMillis(1));

        assertThat(ids(report(here.coordinator(), FIRST, FIRST))).containsExactly(id(1), id(2));
    }

    @Test
    void what_was_closed_by_hand_or_called_off_ended_then_and_not_as_planned() {
        for (var index = 0; index < 3; index++) {
            endAt(index, FIRST.plusDays(20).atTime(20, 0).atZone(ZONE).toInstant());
        }
        end(0, "closed_at", "closed");
        end(1, "cancelled_at", "cancelled");

        assertThat(ids(report(here.coordinator(), FIRST, FIRST))).containsExactly(id(0), id(1));
        assertThat(ids(report(here.coordinator(), FIRST.plusDays(1), FIRST.plusDays(20))))
                .containsExactly(id(2));
    }

    @Test
    void what_does_not_agree_is_told_with_its_group_buy() {
        var wrong = pay(groupBuys.get(1), 3);
        pay(groupBuys.get(2), 4);
        endOneAfterTheOther();
        service.jdbc()
                .sql("UPDATE order_balance SET paid_fen = paid_fen - 1 WHERE order_id = ?")
                .param(wrong)
                .update();

        var report = report(here.coordinator(), FIRST, FIRST.plusDays(2));

        assertThat(report.get("agrees").asBoolean()).isFalse();
        assertThat(report.get("differenceCount").asInt()).isEqualTo(2);
        assertThat(report.get("groupBuys"))
                .extracting(part -> part.get("report").get("agrees").asBoolean())
                .containsExactly(true, false, true);
        assertThat(report.get("groupBuys").get(1).get("report").get("differences"))
                .extracting(difference -> difference.get("what").asString())
                .containsExactly("ledger-payment", "payment");
    }

    @Test
    void members_read_of_those_they_lead_whatever_their_roles() {
        endOneAfterTheOther();
        var coLeader = UUID.randomUUID();
        var leaders = Map.of("leaderId", UUID.randomUUID(), "coLeaderIds", List.of(coLeader));
        assertThat(here.put(here.coordinator(), "/group-buys/" + id(1) + "/leaders", leaders)
                        .status())
                .isEqualTo(200);

        assertThat(ids(report(here.leader(), FIRST, FIRST.plusDays(2)))).containsExactly(id(0), id(2));
        assertThat(ids(report(here.member(coLeader), FIRST, FIRST.plusDays(2)))).containsExactly(id(1));
        var ofNone = report(here.member(UUID.randomUUID()), FIRST, FIRST.plusDays(2));
        assertThat(ids(ofNone)).isEmpty();
        assertThat(ofNone.get("agrees").asBoolean()).isTrue();
        assertThat(fen(ofNone, "orderedFen")).isZero();
        var elsewhere = new Neighbourhood(service);
        assertThat(get(elsewhere.leader(), FIRST, FIRST).status()).isEqualTo(403);
    }

    @Test
    void a_period_has_an_end() {
        assertThat(get(here.coordinator(), FIRST, FIRST.plusDays(366)).problem())
                .isEqualTo("period-invalid");
        assertThat(get(here.coordinator(), FIRST, FIRST.minusDays(1)).problem()).isEqualTo("period-invalid");
        endOneAfterTheOther();
        assertThat(get(here.coordinator(), FIRST, FIRST.plusDays(2)).status()).isEqualTo(200);
        service.jdbc()
                .sql("UPDATE group_buy SET last_serial = 301 WHERE id = ?")
                .param(id(2))
                .update();
        assertThat(get(here.coordinator(), FIRST, FIRST.plusDays(2)).problem()).isEqualTo("reconciliation-too-long");
        assertThat(get(here.coordinator(), FIRST, FIRST.plusDays(1)).status()).isEqualTo(200);

        var fourth = cashGroupBuy().id("groupBuyId");
        var begin = FIRST.minusDays(9).atStartOfDay(ZONE).toInstant();
        here.moveWindow(id(2), begin, FIRST.atStartOfDay(ZONE).toInstant());
        here.moveWindow(fourth, begin, FIRST.atStartOfDay(ZONE).toInstant());
        assertThat(get(here.coordinator(), FIRST, FIRST.plusDays(2)).problem()).isEqualTo("reconciliation-too-long");
    }

    @Test
    void every_report_agrees_while_orders_and_cash_go_on() {
        var day = LocalDate.ofInstant(
                Instant.parse(groupBuys.getFirst().body().get("closesAt").asString()), ZONE);
        var running = new AtomicInteger(12);
        var clients = new ArrayList<Callable<List<JsonNode>>>();
        IntStream.range(0, 12)
                .forEach(client -> clients.add(() -> {
                    try {
                        for (var number = 0; number < 6; number++) {
                            pay(groupBuys.get(client % 3), 2);
                        }
                        return List.of();
                    } finally {
                        running.decrementAndGet();
                    }
                }));
        clients.add(() -> {
            var reports = new ArrayList<JsonNode>();
            do {
                reports.add(report(here.coordinator(), day, day.plusDays(1)));
            } while (running.get() > 0);
            return reports;
        });

        var reports = Neighbourhood.together(clients).getLast();

        assertThat(reports)
                .allSatisfy(report -> assertThat(report.get("agrees").asBoolean())
                        .as(report.toString())
                        .isTrue());
        assertThat(fen(report(here.coordinator(), day, day.plusDays(1)), "cashHeldFen"))
                .isEqualTo(12 * 6 * 700);
    }

    @Test
    void paper_has_the_same_in_yuan() {
        pay(groupBuys.get(0), 2);
        pay(groupBuys.get(1), 3);
        endOneAfterTheOther();
        var accounts = new Accounts(service, here);

        var rows = accounts.excel(here.leader(), path(FIRST, FIRST.plusDays(1)) + "&format=xlsx");
        var pdf = accounts.pdf(here.leader(), path(FIRST, FIRST.plusDays(1)) + "&format=pdf");

        assertThat(rows.getFirst().getCellText(0)).isEqualTo("对账表 2026-03-30 至 2026-03-31");
        assertThat(pdf).contains("合计 2 个团购", "17.50", "2026-03-30 周二蔬菜", "7.00", "没有差异");
    }

    private Answer cashGroupBuy() {
        return here.openWith(Map.of("paymentMode", "cash"), item("鸡蛋", 10_000, 500));
    }

    private UUID place(Answer groupBuy, int quantity) {
        var placed = here.place(
                here.resident(UUID.randomUUID()), groupBuy.id("groupBuyId"), line(itemOf(groupBuy, 0), quantity));
        assertThat(placed.status()).as(placed.body().toString()).isEqualTo(201);
        return placed.id("orderId");
    }

    private UUID pay(Answer groupBuy, int quantity) {
        var order = place(groupBuy, quantity);
        var cash = Map.of("payments", List.of(Map.of("orderId", order, "amountFen", 350 * quantity)));
        var paid = here.post(here.leader(), "/group-buys/" + groupBuy.id("groupBuyId") + "/cash-payments", cash);
        assertThat(paid.status()).as(paid.body().toString()).isEqualTo(200);
        return order;
    }

    private void endOneAfterTheOther() {
        for (var index = 0; index < 3; index++) {
            endAt(index, FIRST.plusDays(index).atTime(20, 0).atZone(ZONE).toInstant());
        }
    }

    private void endAt(int index, Instant closesAt) {
        here.moveWindow(id(index), closesAt.minusSeconds(3600), closesAt);
    }

    /// It ended on the evening of the first day.
    private void end(int index, String ended, String state) {
        var reason = state.equals("cancelled") ? "台风停运" : null;
        service.jdbc()
                .sql("UPDATE group_buy SET " + ended + " = ?, state = ?, cancel_reason = ? WHERE id = ?")
                .params(
                        java.sql.Timestamp.from(
                                FIRST.atTime(19, index).atZone(ZONE).toInstant()),
                        state,
                        reason,
                        id(index))
                .update();
    }

    private UUID id(int index) {
        return groupBuys.get(index).id("groupBuyId");
    }

    private Answer get(String token, LocalDate from, LocalDate to) {
        return here.get(token, path(from, to));
    }

    private JsonNode report(String token, LocalDate from, LocalDate to) {
        var answer = get(token, from, to);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private static String path(LocalDate from, LocalDate to) {
        return "/reconciliation?from=" + from + "&to=" + to;
    }

    private static List<UUID> ids(JsonNode report) {
        var ids = new ArrayList<UUID>();
        report.get("groupBuys")
                .forEach(part -> ids.add(
                        UUID.fromString(part.get("report").get("groupBuyId").asString())));
        return ids;
    }

    private static long fen(JsonNode report, String total) {
        return report.get("totals").get(total).asLong();
    }
}
