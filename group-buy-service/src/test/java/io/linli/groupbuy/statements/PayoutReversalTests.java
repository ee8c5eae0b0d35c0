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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A supplier is owed fourteen yuan, of which the payment provider holds ten and a leader four.
class PayoutReversalTests {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    private static final Map<String, String> REASON = Map.of("reason", "金额录错");

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
    void a_supplier_is_owed_fourteen_yuan() {
        supplier = Account.supplier(here.supplier());
        accounts.post(supplier, 1000, Instant.now().minusSeconds(3600));
        accounts.post(
                List.of(new Posting(supplier, null, 400), new Posting(leader, null, -400)),
                Instant.now().minusSeconds(3600));
    }

    @AfterEach
    void the_ledger_sums_to_zero() {
        assertThat(number("SELECT sum(fen) FROM posting WHERE community_id = ?"))
                .isZero();
    }

    @Test
    void what_was_taken_back_is_owed_and_held_again() {
        var wrong = pay(1000);

        var reversed = reverse(wrong);

        assertThat(reversed.status()).as(reversed.body().toString()).isEqualTo(200);
        var reversal = reversed.body().get("reversal");
        assertThat(reversal.get("reason").asString()).isEqualTo("金额录错");
        assertThat(reversal.has("reversedBy")).isTrue();
        assertThat(reversal.has("reversedAt")).isTrue();
        assertThat(accounts.balance(supplier)).isEqualTo(1400);
        assertThat(accounts.balance(accounts.clearing())).isEqualTo(-1000);
        pay(900);
        assertThat(here.get(here.coordinator(), "/payouts").body().get("items"))
                .extracting(payout -> payout.has("reversal"))
                .containsExactly(false, true);
    }

    @Test
    void the_statement_names_both() {
        reverse(pay(1000));

        var path =
                "/statements/supplier/" + supplier.owner() + "?from=" + TODAY.minusDays(1) + "&to=" + TODAY.plusDays(1);

        var statement = here.get(here.coordinator(), path).body();
        assertThat(statement.get("closingFen").asLong()).isEqualTo(1400);
        assertThat(statement.get("items"))
                .extracting(entry -> entry.get("occasion").asString())
                .contains("payout", "payout-reversed");
        assertThat(accounts.pdf(here.coordinator(), path + "&format=pdf")).contains("付给撤销");
    }

    @Test
    void taken_back_by_fifty_at_once_it_is_taken_back_once() {
        var wrong = pay(1000);

        var answers = together(Collections.nCopies(50, (Callable<Answer>) () -> reverse(wrong)));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertThat(answer.problem()).isEqualTo("payout-reversed"));
        assertThat(accounts.balance(supplier)).isEqualTo(1400);
        assertThat(accounts.balance(accounts.clearing())).isEqualTo(-1000);
        assertThat(number("SELECT count(*) FROM payout_reversal WHERE community_id = ?"))
                .isEqualTo(1);
    }

    @Test
    void one_reversal_sent_fifty_times_has_one_answer() {
        var path = "/payouts/" + pay(300) + "/reversal";
        var coordinator = here.coordinator();

        var answers = together(Collections.nCopies(
                50, (Callable<Answer>) () -> here.postUntilDefinite(coordinator, "key", path, REASON)));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        assertThat(accounts.balance(supplier)).isEqualTo(1400);
    }

    @Test
    void cash_is_taken_back_from_the_community_while_it_holds_it() {
        var handedOver = handOver(400);
        var paid = pay(1300);

        var refused = reverse(handedOver);

        assertThat(refused.problem()).isEqualTo("payout-over-held");
        assertThat(refused.error("balanceFen")).isEqualTo("100");
        assertThat(number("SELECT count(*) FROM payout_reversal WHERE community_id = ?"))
                .isZero();
        assertThat(reverse(paid).status()).isEqualTo(200);
        assertThat(reverse(handedOver).status()).isEqualTo(200);
        assertThat(accounts.balance(leader)).isEqualTo(-400);
        assertThat(accounts.balance(accounts.clearing())).isEqualTo(-1000);
    }

    @Test
    void cash_is_taken_back_or_paid_out_but_never_both() {
        pay(1000);
        for (var round = 0; round < 20; round++) {
            var handedOver = handOver(20);

            var answers = together(List.<Callable<Answer>>of(() -> reverse(handedOver), () -> payout(supplier(20))));

            assertThat(answers).filteredOn(answer -> answer.status() < 300).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() >= 300)
                    .allSatisfy(answer -> assertThat(answer.problem()).isEqualTo("payout-over-held"));
            assertThat(accounts.balance(accounts.clearing())).isZero();
        }
    }

    @Test
    void the_database_refuses_by_itself_to_give_back_cash_that_is_not_held() {
        var handedOver = handOver(400);
        pay(1300);

        assertThatThrownBy(() -> insertReversal(here.community(), handedOver))
                .hasMessageContaining("more is taken back than is held");
        assertThat(insertReversal(here.community(), pay(100))).isEqualTo(1);
        assertThatThrownBy(() -> insertReversal(UUID.randomUUID(), handedOver))
                .hasMessageContaining("of_a_payout_here");
    }

    @Test
    void it_is_for_coordinators_and_for_a_reason() {
        var path = "/payouts/" + pay(1) + "/reversal";

        assertThat(here.post(here.leader(), path, REASON).problem()).isEqualTo("role-required");
        assertThat(here.post(here.coordinator(), path, Map.of("reason", " ")).status())
                .isEqualTo(400);
        assertThat(reverse(UUID.randomUUID()).problem()).isEqualTo("payout-unknown");
        var elsewhere = new Neighbourhood(service);
        assertThat(elsewhere.post(elsewhere.coordinator(), path, REASON).problem())
                .isEqualTo("payout-unknown");
    }

    @Test
    void what_was_recorded_stays() {
        reverse(pay(1));

        for (var sql : List.of("UPDATE payout_reversal SET reason = '-'", "TRUNCATE payout_reversal")) {
            assertThatThrownBy(() -> service.jdbc().sql(sql).update()).hasMessageContaining("only ever added to");
        }
    }

    private static int insertReversal(UUID community, UUID payout) {
        return service.jdbc()
                .sql("""
                        INSERT INTO payout_reversal (payout_id, community_id, reason, reversed_by, reversed_at)
                        VALUES (?, ?, '金额录错', ?, now())""")
                .params(payout, community, UUID.randomUUID())
                .update();
    }

    private Answer reverse(UUID payout) {
        return here.post(here.coordinator(), "/payouts/" + payout + "/reversal", REASON);
    }

    private UUID pay(long fen) {
        return recorded(supplier(fen));
    }

    private UUID handOver(long fen) {
        var body = body(Account.clearing(here.community()), fen);
        body.put("paidByLeaderId", here.leaderId());
        return recorded(body);
    }

    private UUID recorded(Map<String, Object> body) {
        var recorded = payout(body);
        assertThat(recorded.status()).as(recorded.body().toString()).isEqualTo(201);
        return recorded.id("payoutId");
    }

    private Answer payout(Map<String, Object> body) {
        return here.post(here.coordinator(), "/payouts", body);
    }

    private Map<String, Object> supplier(long fen) {
        return body(supplier, fen);
    }

    private static Map<String, Object> body(Account payee, long fen) {
        var body = new LinkedHashMap<String, Object>();
        body.put("payee", payee.kind().word());
        body.put("ownerId", payee.owner());
        body.put("amountFen", fen);
        body.put("paidOn", TODAY.toString());
        body.put("reference", "转账 0071");
        return body;
    }

    private long number(String sql) {
        return service.jdbc().sql(sql).param(here.community()).query(Long.class).single();
    }
}
