package io.linli.groupbuy.delivery;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// What the courier and the community fund get of a group buy, from its announcement until they are paid.
class SharesTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.database.acquire-timeout", "20s")
            .with("linli.database.lock-timeout", "20s")
            .with("linli.database.transaction-timeout", "25s")
            .with("linli.database.statement-timeout", "20s");

    private final Delivered round = new Delivered(service);
    private final Neighbourhood here = round.here();

    @AfterEach
    void orders_payments_and_ledger_agree() {
        var report = round.reconciliation();
        assertThat(report.get("agrees").asBoolean()).as(report.toString()).isTrue();
        assertThat(fen(report, "supplierDueFen")
                        + fen(report, "leaderFeeFen")
                        + fen(report, "fundShareFen")
                        + fen(report, "courierShareFen"))
                .isEqualTo(fen(report, "chargedFen"));
        assertThat(round.number("SELECT coalesce(sum(fen), 0) FROM posting WHERE community_id = ?"))
                .isZero();
    }

    @Test
    void leader_fund_and_courier_are_credited_together_and_paid_out() {
        setFundShare(30);
        round.open(Map.of("paymentMode", "prepay", "feePerMille", 20, "courierFen", 800), item("鸡蛋", 200, 10));
        round.placePaid(10);
        round.placePaid(3);

        round.close();

        var cost = 13 * 350;
        assertThat(round.account("leader", here.leaderId())).isEqualTo(70 + 21);
        assertThat(fund()).isEqualTo(105 + 31);
        assertThat(courier()).isEqualTo(800);
        assertThat(round.account("supplier", round.supplier())).isEqualTo(cost - 91 - 136 - 800);
        assertThat(pay("fund", 137).problem()).isEqualTo("payout-over-balance");
        assertThat(pay("fund", 136).status()).isEqualTo(201);
        assertThat(pay("courier", 800).status()).isEqualTo(201);
        assertThat(fund()).isZero();
        assertThat(courier()).isZero();
    }

    @Test
    void of_less_than_was_to_come_the_fund_gets_less_and_the_courier_the_same() {
        setFundShare(30);
        round.open(Map.of("paymentMode", "prepay", "courierFen", 500), item("鸡蛋", 200, 10));
        round.placePaid(10);
        round.placePaid(10);
        round.close();

        round.tell(round.line(0, 13, 0));
        round.tell(round.line(0, 12, 0));
        round.tell(round.line(0, 12, 0));

        assertThat(fund()).isEqualTo(105 + 21);
        assertThat(courier()).isEqualTo(500);
        assertThat(round.account("supplier", round.supplier())).isEqualTo(12 * 350 - 126 - 500);
    }

    @Test
    void nobody_gets_more_than_the_orders_cost() {
        setFundShare(1000);
        round.open(Map.of("feeFlatFen", 300, "courierFen", 10_000), item("鸡蛋", 200, 10));
        round.place(1);

        round.close();

        assertThat(round.account("leader", here.leaderId())).isEqualTo(300);
        assertThat(fund()).isEqualTo(50);
        assertThat(courier()).isZero();
        assertThat(round.account("supplier", round.supplier())).isZero();
    }

    @Test
    void what_was_written_keeps_the_share_it_was_written_with() {
        setFundShare(30);
        round.open(Map.of("courierFen", 500), item("鸡蛋", 200, 10));
        setFundShare(0);
        var conditions = here.get(here.leader(), round.path("")).body().get("conditions");
        round.place(10);

        round.close();

        assertThat(conditions.get("fundPerMille").asInt()).isEqualTo(30);
        assertThat(conditions.get("courierFen").asInt()).isEqualTo(500);
        assertThat(fund()).isEqualTo(105);
    }

    @Test
    void only_a_coordinator_sets_what_the_fund_takes() {
        round.open(Map.of(), item("鸡蛋", 200, 10));
        var share = Map.of("perMille", 30);

        assertThat(here.put(here.leader(), "/fund-share", share).problem()).isEqualTo("role-required");
        assertThat(fundShare()).isZero();
        assertThat(here.put(here.coordinator(), "/fund-share", Map.of("perMille", 1001))
                        .status())
                .isEqualTo(400);
        setFundShare(30);
        assertThat(fundShare()).isEqualTo(30);
    }

    @Test
    void closed_and_paid_by_many_at_once_each_gets_its_share_once() {
        setFundShare(100);
        round.open(Map.of("paymentMode", "prepay", "courierFen", 400), item("鸡蛋", 200, 10));
        round.placePaid(10);
        round.placePaid(10);

        together(Collections.nCopies(20, (Callable<Answer>) () -> {
            round.close();
            return pay("fund", 1);
        }));
        var answers = together(Collections.nCopies(60, (Callable<Answer>) () -> pay("fund", 20)));

        assertThat(courier()).isEqualTo(400);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(
                                answer.status() == 201 || answer.problem().equals("payout-over-balance"))
                        .as(answer.body().toString())
                        .isTrue());
        assertThat(fund()).isBetween(0L, 19L);
        var paid = round.number("SELECT sum(fen) FROM payout WHERE payee = 'fund' AND community_id = ?");
        assertThat(paid + fund()).isEqualTo(700);
    }

    private void setFundShare(int perMille) {
        var set = here.put(here.coordinator(), "/fund-share", Map.of("perMille", perMille));
        assertThat(set.status()).as(set.body().toString()).isEqualTo(200);
    }

    private int fundShare() {
        return here.get(here.resident(UUID.randomUUID()), "/fund-share")
                .body()
                .get("perMille")
                .asInt();
    }

    private Answer pay(String payee, long fen) {
        var payout = Map.of(
                "payee",
                payee,
                "ownerId",
                here.community(),
                "amountFen",
                fen,
                "paidOn",
                LocalDate.now(ZoneId.of("Asia/Shanghai")).toString(),
                "reference",
                "转账 0071");
        return here.post(here.coordinator(), "/payouts", payout);
    }

    private long fund() {
        return round.account("fund", here.community());
    }

    private long courier() {
        return round.account("courier", here.community());
    }

    private static long fen(JsonNode report, String total) {
        return report.get("totals").get(total).asLong();
    }
}
