package io.linli.groupbuy.statements;

import static io.linli.groupbuy.Neighbourhood.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.settlement.Transaction.Posting;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PayoutsControllerTests {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.database.acquire-timeout", "20s")
            .with("linli.database.lock-timeout", "20s")
            .with("linli.database.transaction-timeout", "25s")
            .with("linli.database.statement-timeout", "20s");

    private final Neighbourhood here = new Neighbourhood(service);
    private final Accounts accounts = new Accounts(service, here);
    private final Account leader = Account.leader(here.leaderId());
    private Account supplier;

    @BeforeEach
    void a_supplier_is_owed_ten_yuan_by_the_provider_and_four_by_a_leader() {
        supplier = Account.supplier(here.supplier());
        accounts.post(supplier, 1000, Instant.now().minusSeconds(3600));
        accounts.post(
                List.of(new Posting(supplier, null, 400), new Posting(leader, null, -400)),
                Instant.now().minusSeconds(3600));
    }

    @AfterEach
    void the_ledger_sums_to_zero() {
        assertThat(service.jdbc()
                        .sql("SELECT sum(fen) FROM posting WHERE community_id = ?")
                        .param(here.community())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_supplier_is_paid_what_it_is_owed_and_no_more() {
        var paid = pay(payout(supplier, 900));
        var tooMuch = pay(payout(supplier, 501));
        var rest = pay(payout(supplier, 100));

        assertThat(paid.status()).as(paid.body().toString()).isEqualTo(201);
        assertThat(tooMuch.status()).isEqualTo(409);
        assertThat(tooMuch.problem()).isEqualTo("payout-over-balance");
        assertThat(tooMuch.error("balanceFen")).isEqualTo("500");
        assertThat(rest.status()).isEqualTo(201);
        assertThat(accounts.balance(supplier)).isEqualTo(400);
        assertThat(accounts.balance(accounts.clearing())).isZero();
    }

    @Test
    void no_more_is_paid_than_is_held_where_it_is_taken_from() {
        var ofProvider = pay(payout(supplier, 1001));
        var ofCash = pay(byLeader(payout(supplier, 401)));
        var cash = pay(byLeader(payout(supplier, 400)));

        assertThat(ofProvider.problem()).isEqualTo("payout-over-held");
        assertThat(ofProvider.error("balanceFen")).isEqualTo("1000");
        assertThat(ofCash.problem()).isEqualTo("payout-over-held");
        assertThat(cash.status()).isEqualTo(201);
        assertThat(cash.body().get("paidByLeaderId").asString())
                .isEqualTo(here.leaderId().toString());
        assertThat(accounts.balance(leader)).isZero();
        assertThat(accounts.balance(supplier)).isEqualTo(1000);
    }

    @Test
    void what_is_promised_back_to_a_household_is_not_paid_out() {
        service.jdbc()
                .sql("""
                        INSERT INTO refund (id, community_id, key, order_id, group_buy_id, household_id, reason, asked_fen,
                            credited_fen, paid_back_fen, payment_id, state, asked_at)
                        VALUES (?, ?, 'promised', ?, ?, ?, 'cancelled', 300, 0, 300, ?, 'requested', now())""")
                .params(
                        UUID.randomUUID(),
                        here.community(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID())
                .update();

        var tooMuch = pay(payout(supplier, 701));
        var rest = pay(payout(supplier, 700));

        assertThat(tooMuch.problem()).isEqualTo("payout-over-held");
        assertThat(tooMuch.error("balanceFen")).isEqualTo("700");
        assertThat(rest.status()).isEqualTo(201);
    }

    @Test
    void who_is_owed_nothing_is_paid_nothing() {
        assertThat(List.of(Account.supplier(UUID.randomUUID()), leader, Account.fund(here.community())))
                .allSatisfy(payee -> assertThat(pay(payout(payee, 1)).problem()).isEqualTo("payout-over-balance"));
    }

    @Test
    void one_hundred_payouts_at_once_never_overdraw_an_account() {
        var answers = together(IntStream.range(0, 100)
                .<Callable<Answer>>mapToObj(
                        number -> () -> pay(number % 2 == 0 ? payout(supplier, 30) : byLeader(payout(supplier, 30))))
                .toList());

        var paid = answers.stream().filter(answer -> answer.status() == 201).count();
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> assertThat(answer.problem()).isIn("payout-over-balance", "payout-over-held"));
        assertThat(paid).isEqualTo(1000 / 30 + 400 / 30);
        assertThat(accounts.balance(supplier)).isEqualTo(1400 - 30 * paid);
        assertThat(accounts.balance(accounts.clearing())).isEqualTo(-10);
        assertThat(accounts.balance(leader)).isEqualTo(-10);
        assertThat(recorded()).isEqualTo(paid);
    }

    @Test
    void one_payout_sent_fifty_times_is_recorded_once() {
        var body = payout(supplier, 300);
        var coordinator = here.coordinator();

        var answers = together(Collections.nCopies(
                50, (Callable<Answer>) () -> here.postUntilDefinite(coordinator, "key", "/payouts", body)));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        assertThat(accounts.balance(supplier)).isEqualTo(1100);
        assertThat(recorded()).isEqualTo(1);
    }

    @Test
    void it_counts_on_the_day_it_was_paid() {
        accounts.post(
                supplier,
                500,
                TODAY.minusDays(20).atStartOfDay(ZoneId.of("Asia/Shanghai")).toInstant());
        var body = payout(supplier, 200);
        body.put("paidOn", TODAY.minusDays(10).toString());

        assertThat(pay(body).status()).isEqualTo(201);

        var that = "from=" + TODAY.minusDays(10) + "&to=" + TODAY.minusDays(10);
        var path = "/statements/supplier/" + supplier.owner() + "?" + that;
        var day = here.get(here.coordinator(), path).body();
        assertThat(day.get("openingFen").asLong()).isEqualTo(500);
        assertThat(day.get("closingFen").asLong()).isEqualTo(300);
        assertThat(day.get("items").get(0).get("occasion").asString()).isEqualTo("payout");
        assertThat(day.get("items").get(0).has("groupBuyId")).isFalse();
        assertThat(accounts.pdf(here.coordinator(), path + "&format=pdf")).contains("付给", "-2.00", "3.00");
    }

    @Test
    void a_day_to_come_or_long_ago_is_refused() {
        for (var day : List.of(TODAY.plusDays(1), TODAY.minusDays(366))) {
            var body = payout(supplier, 1);
            body.put("paidOn", day.toString());
            assertThat(pay(body).problem()).isEqualTo("payout-day-invalid");
        }
        var oldest = payout(supplier, 1);
        oldest.put("paidOn", TODAY.minusDays(365).toString());
        assertThat(pay(oldest).status()).isEqualTo(201);
        for (var day : List.of("-999999999-01-01", "+999999999-12-31", "2026-02-30", "")) {
            var body = payout(supplier, 1);
            body.put("paidOn", day);
            assertThat(pay(body).status()).isIn(400, 422);
        }
    }

    @Test
    void payouts_are_listed_newest_first_in_pages() {
        for (var fen : List.of(1, 2, 3)) {
            pay(payout(supplier, fen));
        }

        var first = here.get(here.coordinator(), "/payouts?limit=2").body();
        var second = here.get(
                        here.coordinator(),
                        "/payouts?limit=2&cursor=" + first.get("next").asString())
                .body();

        assertThat(first.get("items"))
                .extracting(each -> each.get("amountFen").asInt())
                .containsExactly(3, 2);
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(second.get("items").get(0).get("reference").asString()).isEqualTo("转账 0071");
        assertThat(new Neighbourhood(service)
                        .get(here.coordinator(), "/payouts")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void it_is_for_coordinators() {
        var body = payout(supplier, 1);

        for (var token : List.of(here.leader(), here.resident(UUID.randomUUID()), here.keeper())) {
            assertThat(here.post(token, "/payouts", body).problem()).isEqualTo("role-required");
            assertThat(here.get(token, "/payouts").problem()).isEqualTo("role-required");
        }
    }

    @Test
    void what_was_recorded_stays() {
        pay(payout(supplier, 1));

        for (var sql : List.of("UPDATE payout SET fen = 2", "DELETE FROM payout", "TRUNCATE payout CASCADE")) {
            assertThatThrownBy(() -> service.jdbc().sql(sql).update()).hasMessageContaining("only ever added to");
        }
    }

    private Answer pay(Map<String, Object> body) {
        return here.post(here.coordinator(), "/payouts", body);
    }

    private static Map<String, Object> payout(Account payee, long fen) {
        var body = new LinkedHashMap<String, Object>();
        body.put("payee", payee.kind().word());
        body.put("ownerId", payee.owner());
        body.put("amountFen", fen);
        body.put("paidOn", TODAY.toString());
        body.put("reference", "转账 0071");
        return body;
    }

    private Map<String, Object> byLeader(Map<String, Object> body) {
        body.put("paidByLeaderId", here.leaderId());
        return body;
    }

    private long recorded() {
        return service.jdbc()
                .sql("SELECT count(*) FROM payout WHERE community_id = ?")
                .param(here.community())
                .query(Long.class)
                .single();
    }
}
