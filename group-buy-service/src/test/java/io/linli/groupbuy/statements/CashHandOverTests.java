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

/// A leader holds ten yuan in cash, which a supplier is owed; the payment provider holds nothing.
class CashHandOverTests {
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
    void a_leader_holds_ten_yuan() {
        supplier = Account.supplier(here.supplier());
        accounts.post(
                List.of(new Posting(supplier, null, 1000), new Posting(leader, null, -1000)),
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
    void cash_handed_over_is_paid_out_by_the_community() {
        assertThat(post(payoutOfProvider(600)).problem()).isEqualTo("payout-over-held");

        var handedOver = post(handOver(700));

        assertThat(handedOver.status()).as(handedOver.body().toString()).isEqualTo(201);
        assertThat(handedOver.body().get("payee").asString()).isEqualTo("clearing");
        assertThat(handedOver.body().get("paidByLeaderId").asString())
                .isEqualTo(here.leaderId().toString());
        assertThat(handedOver.body().get("reference").asString()).isEqualTo("收据 0071");
        assertThat(handedOver.body().get("paidOn").asString()).isEqualTo(TODAY.toString());
        assertThat(accounts.balance(leader)).isEqualTo(-300);
        assertThat(accounts.balance(accounts.clearing())).isEqualTo(-700);
        assertThat(post(payoutOfProvider(600)).status()).isEqualTo(201);
        assertThat(accounts.balance(accounts.clearing())).isEqualTo(-100);
        assertThat(accounts.balance(supplier)).isEqualTo(400);
    }

    @Test
    void both_statements_name_it() {
        post(handOver(700));

        var day = "?from=" + TODAY.minusDays(1) + "&to=" + TODAY;
        var own = "/statements/leader/" + here.leaderId() + day;

        assertThat(here.get(here.leader(), own).body().get("items"))
                .extracting(entry -> entry.get("occasion").asString())
                .endsWith("handed-over");
        assertThat(here.get(here.coordinator(), "/statements/clearing/" + here.community() + day)
                        .body()
                        .get("closingFen")
                        .asLong())
                .isEqualTo(-700);
        assertThat(accounts.pdf(here.leader(), own + "&format=pdf")).contains("交款", "7.00");
    }

    @Test
    void nobody_hands_over_more_than_they_hold() {
        var tooMuch = post(handOver(1001));

        assertThat(tooMuch.status()).isEqualTo(409);
        assertThat(tooMuch.problem()).isEqualTo("payout-over-held");
        assertThat(tooMuch.error("balanceFen")).isEqualTo("1000");
        assertThat(post(handOver(1000)).status()).isEqualTo(201);
        assertThat(post(handOver(1)).problem()).isEqualTo("payout-over-held");
    }

    @Test
    void what_a_leader_owes_to_households_stays_with_the_leader() {
        service.jdbc()
                .sql("""
                        INSERT INTO refund (id, community_id, key, order_id, group_buy_id, household_id, reason, asked_fen,
                            credited_fen, paid_back_fen, collector_id, state, asked_at)
                        VALUES (?, ?, 'owed', ?, ?, ?, 'short', 300, 0, 300, ?, 'owed', now())""")
                .params(
                        UUID.randomUUID(),
                        here.community(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        here.leaderId())
                .update();

        assertThat(post(handOver(701)).error("balanceFen")).isEqualTo("700");
        assertThat(post(handOver(700)).status()).isEqualTo(201);
    }

    @Test
    void it_is_handed_over_by_a_leader_to_the_own_community() {
        var byNobody = handOver(1);
        byNobody.remove("paidByLeaderId");
        var elsewhere = handOver(1);
        elsewhere.put("ownerId", UUID.randomUUID());

        assertThat(post(byNobody).problem()).isEqualTo("hand-over-invalid");
        assertThat(post(elsewhere).problem()).isEqualTo("hand-over-invalid");
        assertThat(here.post(here.leader(), "/payouts", handOver(1)).problem()).isEqualTo("role-required");
    }

    @Test
    void a_hundred_at_once_never_hand_over_more_than_is_held() {
        var answers = together(IntStream.range(0, 100)
                .<Callable<Answer>>mapToObj(number -> () -> post(number % 2 == 0 ? handOver(30) : payoutOfCash(30)))
                .toList());

        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> assertThat(answer.problem()).isEqualTo("payout-over-held"));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1000 / 30);
        assertThat(accounts.balance(leader)).isEqualTo(-10);
        assertThat(accounts.balance(supplier) + accounts.balance(accounts.clearing()))
                .isEqualTo(10);
    }

    @Test
    void one_hand_over_sent_fifty_times_is_recorded_once() {
        var body = handOver(300);
        var coordinator = here.coordinator();

        var answers = together(Collections.nCopies(
                50, (Callable<Answer>) () -> here.postUntilDefinite(coordinator, "key", "/payouts", body)));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        assertThat(accounts.balance(leader)).isEqualTo(-700);
    }

    @Test
    void the_database_refuses_more_than_is_held_by_itself() {
        var sql = """
                INSERT INTO payout (id, community_id, payee, owner_id, fen, paid_on, reference, paid_by_leader, recorded_by,
                                    recorded_at)
                VALUES (?, ?, 'clearing', ?, ?, current_date, '收据', ?, ?, now())""";

        assertThatThrownBy(() -> service.jdbc()
                        .sql(sql)
                        .params(
                                UUID.randomUUID(),
                                here.community(),
                                here.community(),
                                1001,
                                here.leaderId(),
                                UUID.randomUUID())
                        .update())
                .hasMessageContaining("more is paid out than is held");
    }

    private Answer post(Map<String, Object> body) {
        return here.post(here.coordinator(), "/payouts", body);
    }

    private Map<String, Object> handOver(long fen) {
        var body = payout(Account.clearing(here.community()), fen);
        body.put("paidByLeaderId", here.leaderId());
        return body;
    }

    private Map<String, Object> payoutOfCash(long fen) {
        var body = payout(supplier, fen);
        body.put("paidByLeaderId", here.leaderId());
        return body;
    }

    private Map<String, Object> payoutOfProvider(long fen) {
        return payout(supplier, fen);
    }

    private static Map<String, Object> payout(Account payee, long fen) {
        var body = new LinkedHashMap<String, Object>();
        body.put("payee", payee.kind().word());
        body.put("ownerId", payee.owner());
        body.put("amountFen", fen);
        body.put("paidOn", TODAY.toString());
        body.put("reference", "收据 0071");
        return body;
    }
}
