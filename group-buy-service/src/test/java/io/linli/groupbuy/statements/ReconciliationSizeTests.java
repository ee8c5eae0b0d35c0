package io.linli.groupbuy.statements;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// The report over ten thousand orders of two lines each. An order with the serial number n costs 350 fen for each of
/// `1 + n % 5` and `1 + n % 3`; `n % 10` decides what became of it:
/// 0 never paid and cancelled, 1 prepaid, cancelled and refunded, 2 prepaid and short of one, its refund on the way,
/// 3 paid in cash and 100 fen owed for damage, the others prepaid and confirmed.
class ReconciliationSizeTests {
    private static final int ORDERS = 10_000;
    private static final String FILL = """
            CREATE TABLE filled AS
            SELECT n, md5('order' || n || :groupBuy)::uuid AS id, md5('household' || n || :groupBuy)::uuid AS household,
                   md5('payment' || n || :groupBuy)::uuid AS payment, md5('refund' || n || :groupBuy)::uuid AS refund,
                   (350 * (2 + n % 5 + n % 3))::bigint AS fen, n % 10 AS kind,
                   CAST(:community AS uuid) AS community, CAST(:groupBuy AS uuid) AS group_buy,
                   CAST(:leader AS uuid) AS leader
              FROM generate_series(1, 10000) AS n;
            INSERT INTO orders (id, community_id, group_buy_id, household_id, member_id, serial_number, display_name,
                                state, payment, pay_by, on_behalf, doorstep, amount_fen, weight_grams, placed_at)
            SELECT id, community, group_buy, household, household, n, '王*',
                   CASE WHEN kind < 2 THEN 'cancelled' ELSE 'confirmed' END,
                   CASE WHEN kind = 0 THEN 'awaiting' ELSE 'paid' END, now(), false, false, fen, 500, now()
              FROM filled;
            INSERT INTO order_line (community_id, order_id, position, item_id, name, quantity, price_fen, weight_grams,
                                    allocated, final_price_fen)
            SELECT community, id, 1, CAST(:first AS uuid), '青菜', 1 + n % 5, 350, 500,
                   CASE WHEN kind < 2 THEN NULL WHEN kind = 2 THEN n % 5 ELSE 1 + n % 5 END,
                   CASE WHEN kind >= 2 THEN 350 END FROM filled
            UNION ALL
            SELECT community, id, 2, CAST(:second AS uuid), '鸡蛋', 1 + n % 3, 350, 500,
                   CASE WHEN kind >= 2 THEN 1 + n % 3 END, CASE WHEN kind >= 2 THEN 350 END FROM filled;
            INSERT INTO prepayment
            SELECT payment, community, id, fen, 'kept', now() FROM filled WHERE kind NOT IN (0, 3);
            INSERT INTO order_balance
            SELECT id, community, group_buy, household, CASE WHEN kind > 1 THEN CAST(:supplier AS uuid) END,
                   CASE kind WHEN 1 THEN 0 WHEN 2 THEN fen - 350 WHEN 3 THEN fen - 100 ELSE fen END, fen,
                   CASE kind WHEN 1 THEN fen WHEN 2 THEN 350 WHEN 3 THEN 100 ELSE 0 END,
                   CASE WHEN kind <> 3 THEN payment END, CASE WHEN kind = 3 THEN leader END
              FROM filled WHERE kind > 0;
            INSERT INTO refund (id, community_id, key, order_id, group_buy_id, household_id, item_id, reason, asked_fen,
                                credited_fen, paid_back_fen, payment_id, collector_id, state, asked_at, paid_back_at)
            SELECT refund, community, 'test:' || id, id, group_buy, household,
                   CASE WHEN kind = 2 THEN CAST(:first AS uuid) END,
                   (ARRAY['cancelled', 'short', 'damaged'])[kind], given.fen,
                   CASE WHEN kind = 1 THEN 0 ELSE given.fen END,
                   given.fen, CASE WHEN kind < 3 THEN payment END, CASE WHEN kind = 3 THEN leader END,
                   (ARRAY['paid-back', 'requested', 'owed'])[kind], now(), CASE WHEN kind = 1 THEN now() END
              FROM filled CROSS JOIN LATERAL (VALUES ((ARRAY[filled.fen, 350, 100])[kind])) AS given (fen)
             WHERE kind BETWEEN 1 AND 3;
            CREATE TABLE posted AS
            SELECT gen_random_uuid() AS transaction, 'paid' AS occasion, 'paid:' || id AS key, id, household, fen,
                   CASE WHEN kind = 3 THEN 'leader' ELSE 'clearing' END AS other,
                   CASE WHEN kind = 3 THEN leader ELSE community END AS owner, community, group_buy
              FROM filled WHERE kind > 0
            UNION ALL
            SELECT gen_random_uuid(), 'paid-back', 'back:' || id, id, household, -fen, 'clearing', community, community,
                   group_buy FROM filled WHERE kind = 1
            UNION ALL
            SELECT gen_random_uuid(), CASE kind WHEN 2 THEN 'short' ELSE 'damaged' END, 'less:' || id, id, household,
                   CASE kind WHEN 2 THEN 350 ELSE 100 END, 'supplier', CAST(:supplier AS uuid), community, group_buy
              FROM filled WHERE kind IN (2, 3);
            INSERT INTO ledger_transaction SELECT transaction, community, key, occasion, group_buy, now() FROM posted;
            INSERT INTO posting SELECT community, transaction, 1, 'household', household, id, fen FROM posted
             UNION ALL SELECT community, transaction, 2, other, owner, id, -fen FROM posted;
            INSERT INTO ledger_transaction
            SELECT CAST(:groupBuy AS uuid), CAST(:community AS uuid), 'formed:' || :groupBuy, 'formed',
                   CAST(:groupBuy AS uuid), now();
            INSERT INTO posting
            SELECT community, group_buy, n, 'household', household, id, -fen FROM filled WHERE kind > 1
            UNION ALL
            SELECT CAST(:community AS uuid), CAST(:groupBuy AS uuid), 20000, 'leader', CAST(:leader AS uuid), NULL, 5000
            UNION ALL
            SELECT CAST(:community AS uuid), CAST(:groupBuy AS uuid), 20001, 'supplier', CAST(:supplier AS uuid), NULL,
                   sum(fen)::bigint - 5000 FROM filled WHERE kind > 1;
            ANALYZE""";

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.database.transaction-timeout", "25s")
            .with("linli.database.statement-timeout", "20s");

    private final Neighbourhood here = new Neighbourhood(service);
    private UUID id;

    @BeforeEach
    void ten_thousand_orders() {
        var groupBuy = here.openWith(Map.of("paymentMode", "prepay"), item("青菜", 100_000, 50), item("鸡蛋", 100_000, 50));
        id = groupBuy.id("groupBuyId");
        sql("DROP TABLE IF EXISTS filled, posted");
        var values = Map.of(
                ":groupBuy", "'" + id + "'",
                ":community", "'" + here.community() + "'",
                ":leader", "'" + here.leaderId() + "'",
                ":first", "'" + itemOf(groupBuy, 0) + "'",
                ":second", "'" + itemOf(groupBuy, 1) + "'",
                ":supplier", "'" + groupBuy.id("supplierId") + "'");
        var script = FILL;
        for (var value : values.entrySet()) {
            script = script.replaceAll(value.getKey() + "\\b", value.getValue());
        }
        for (var statement : script.split(";\n")) {
            sql(statement);
        }
    }

    @Test
    void ten_thousand_orders_agree_and_add_up() {
        var report = report();

        assertThat(report.get("agrees").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.get("totals").get("orders").asInt()).isEqualTo(8_000);
        assertThat(fen(report, "orderedFen")).isEqualTo(sum(2, 3, 4, 5, 6, 7, 8, 9));
        assertThat(fen(report, "chargedFen")).isEqualTo(sum(2, 3, 4, 5, 6, 7, 8, 9) - 1000 * 350 - 1000 * 100);
        assertThat(fen(report, "paidFen")).isEqualTo(sum(1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertThat(fen(report, "refundedFen")).isEqualTo(sum(1));
        assertThat(fen(report, "owedBackFen")).isEqualTo(1000 * 350 + 1000 * 100);
        assertThat(fen(report, "owedByLeaderFen")).isEqualTo(1000 * 100);
        assertThat(fen(report, "outstandingFen")).isZero();
        assertThat(fen(report, "cashHeldFen")).isEqualTo(sum(3));
        assertThat(fen(report, "leaderFeeFen")).isEqualTo(5000);
        assertThat(fen(report, "supplierDueFen")).isEqualTo(fen(report, "chargedFen") - 5000);
    }

    @Test
    void twenty_thousand_orders_of_a_period_are_reported_in_one_answer_and_more_are_not() {
        var each = report().get("totals").get("paidFen").asLong();
        ten_thousand_orders();
        sql("UPDATE group_buy SET last_serial = 10000 WHERE community_id = '" + here.community() + "'");
        var day = LocalDate.parse(here.get(here.leader(), "/group-buys/" + id)
                .body()
                .get("closesAt")
                .asString()
                .substring(0, 10));

        var path = "/reconciliation?from=" + day.minusDays(2) + "&to=" + day.plusDays(2);
        var report = here.get(here.coordinator(), path).body();

        assertThat(report.path("agrees").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.get("groupBuys")).hasSize(2);
        assertThat(fen(report, "paidFen")).isEqualTo(2 * each);
        sql("UPDATE group_buy SET last_serial = 10001 WHERE id = '" + id + "'");
        assertThat(here.get(here.coordinator(), path).problem()).isEqualTo("reconciliation-too-long");
    }

    @Test
    void whatever_does_not_agree_is_found_by_order_and_sum() {
        change("UPDATE order_line SET allocated = allocated - 1 WHERE position = 1 AND order_id = ?", 15);
        change("DELETE FROM prepayment WHERE order_id = ?", 25);
        change("UPDATE orders SET payment = 'awaiting' WHERE id = ?", 35);
        change("UPDATE refund SET asked_at = now() - interval '4 days' WHERE order_id = ?", 12);
        change("UPDATE refund SET paid_back_fen = 349 WHERE order_id = ?", 22);
        change("UPDATE refund SET asked_fen = 1000000, paid_back_fen = 1000000 WHERE order_id = ?", 32);
        change("UPDATE refund SET state = 'requested', paid_back_at = NULL WHERE order_id = ?", 11);
        change("UPDATE order_balance SET charged_fen = charged_fen + 1 WHERE order_id = ?", 45);
        change("UPDATE order_balance SET charged_fen = charged_fen - 1 WHERE order_id = ?", 55);
        change("UPDATE order_balance SET paid_fen = paid_fen - 1 WHERE order_id = ?", 65);
        change("UPDATE prepayment SET state = 'sent-back' WHERE order_id = ?", 75);
        sql("ALTER TABLE posting DISABLE TRIGGER sums_to_zero");
        sql("INSERT INTO posting SELECT community_id, id, 30000, 'fund', community_id, NULL, 9"
                + " FROM ledger_transaction WHERE occasion = 'formed' AND group_buy_id = '" + id + "'");
        sql("ALTER TABLE posting ENABLE TRIGGER sums_to_zero");

        var report = report();

        assertThat(told(report))
                .containsExactlyInAnyOrder(
                        "15 charge " + (due(15) - 350) + " " + due(15),
                        "25 payment 0 " + due(25),
                        "25 payment-state " + due(25) + " 0",
                        "35 payment-state 0 " + due(35),
                        "12 refund-unconfirmed 350 0",
                        "22 refund 349 350",
                        "32 refund 1000000 350",
                        "32 refund-over-paid " + due(32) + " 1000000",
                        "11 ledger-refund 0 " + due(11),
                        "45 charge " + due(45) + " " + (due(45) + 1),
                        "45 ledger-charge " + (due(45) + 1) + " " + due(45),
                        "55 charge " + due(55) + " " + (due(55) - 1),
                        "55 ledger-charge " + (due(55) - 1) + " " + due(55),
                        "55 overpaid " + (due(55) - 1) + " " + due(55),
                        "65 payment " + due(65) + " " + (due(65) - 1),
                        "65 ledger-payment " + (due(65) - 1) + " " + due(65),
                        "75 payment-state " + due(75) + " 0",
                        "- transaction 0 9");
        assertThat(report.get("differenceCount").asInt()).isEqualTo(18);
        assertThat(report.get("agrees").asBoolean()).isFalse();
    }

    @Test
    void of_very_many_differences_the_first_are_named_and_all_counted() {
        sql("UPDATE order_balance SET charged_fen = charged_fen + 1 WHERE charged_fen > 0 AND group_buy_id = '" + id
                + "'");

        var report = report();
        var rows = new Accounts(service, here).excel(here.leader(), path() + "?format=xlsx");

        assertThat(report.get("differenceCount").asInt()).isEqualTo(16_000);
        assertThat(report.get("differences")).hasSize(200);
        assertThat(rows).hasSizeGreaterThan(16_000);
    }

    private static long due(int number) {
        return 350L * (2 + number % 5 + number % 3);
    }

    private static long sum(Integer... kinds) {
        var meant = List.of(kinds);
        return IntStream.rangeClosed(1, ORDERS)
                .filter(number -> meant.contains(number % 10))
                .mapToLong(ReconciliationSizeTests::due)
                .sum();
    }

    private static List<String> told(JsonNode report) {
        var told = new ArrayList<String>();
        report.get("differences")
                .forEach(each -> told.add(each.path("serialNumber").asString("-") + " "
                        + each.get("what").asString() + " " + each.get("expectedFen") + " " + each.get("foundFen")));
        return told;
    }

    private JsonNode report() {
        return here.get(here.leader(), path()).body();
    }

    private String path() {
        return "/group-buys/" + id + "/reconciliation";
    }

    private static long fen(JsonNode report, String total) {
        return report.get("totals").get(total).asLong();
    }

    private void change(String sql, int number) {
        var order = service.jdbc()
                .sql("SELECT id FROM filled WHERE n = ?")
                .param(number)
                .query(UUID.class)
                .single();
        assertThat(service.jdbc().sql(sql).param(order).update()).isEqualTo(1);
    }

    private static void sql(String sql) {
        service.jdbc().sql(sql).update();
    }
}
