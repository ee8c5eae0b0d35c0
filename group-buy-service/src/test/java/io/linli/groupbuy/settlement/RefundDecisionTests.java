package io.linli.groupbuy.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.settlement.Refund.Reason;
import io.linli.groupbuy.settlement.RefundDecision.Granted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RefundDecisionTests {
    private static final UUID ORDER = UUID.randomUUID();
    private static final Means PREPAID = new Means.Prepaid(UUID.randomUUID());
    private static final UUID OTHER = UUID.randomUUID();

    @Test
    void of_a_charged_and_paid_order_the_charge_falls_and_the_money_goes_back() {
        var decision = decide(balance(700, 700, 0), refund("a", 100));

        assertThat(decision.granted())
                .extracting(Granted::credited, Granted::paidBack)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(100L, 100L));
        assertThat(decision.balances()).containsExactly(balance(600, 700, 100));
    }

    @Test
    void what_was_never_paid_needs_no_refund_but_is_not_owed_any_more() {
        var decision = decide(balance(700, 0, 0), refund("a", 100));

        assertThat(decision.balances()).containsExactly(balance(600, 0, 0));
        assertThat(decision.granted().getFirst().paidBack()).isZero();
    }

    @Test
    void an_order_that_was_never_charged_gives_back_what_was_paid() {
        var decision = decide(balance(0, 700, 0), refund("a", 700));

        assertThat(decision.balances()).containsExactly(balance(0, 700, 700));
        assertThat(decision.granted().getFirst().credited()).isZero();
    }

    @Test
    void an_order_without_a_balance_moves_nothing() {
        var decision = RefundDecision.decide(List.of(refund("a", 700)), Map.of(), Set.of());

        assertThat(decision.balances()).isEmpty();
        assertThat(decision.granted()).hasSize(1);
    }

    @Test
    void refunds_of_one_order_share_what_is_left() {
        var decision = decide(balance(700, 700, 0), refund("a", 500), refund("b", 500), refund("c", 1));

        assertThat(decision.granted()).extracting(Granted::paidBack).containsExactly(500L, 200L, 0L);
        assertThat(decision.balances()).containsExactly(balance(0, 700, 700));
    }

    @Test
    void a_key_counts_once_in_a_batch_and_never_again() {
        var decision = RefundDecision.decide(
                List.of(refund("known", 100), refund("a", 100), refund("a", 100)),
                Map.of(ORDER, balance(700, 700, 0)),
                Set.of("known"));

        assertThat(decision.granted())
                .extracting(granted -> granted.refund().key())
                .containsExactly("a");
        assertThat(decision.balances()).containsExactly(balance(600, 700, 100));
    }

    @Test
    void whatever_is_asked_never_more_goes_back_than_was_paid_nor_off_than_was_charged() {
        for (var seed = 0L; seed < 2_000; seed++) {
            var random = new Random(seed);
            var balance = balance(random.nextLong(1_000), random.nextLong(1_000), 0);
            var asked = new ArrayList<Refund>();
            for (var number = 0; number < 1 + random.nextInt(6); number++) {
                asked.add(refund("key-" + random.nextInt(5), 1 + random.nextLong(700)));
            }

            var decision = RefundDecision.decide(asked, Map.of(ORDER, balance), Set.of());

            var back = decision.granted().stream().mapToLong(Granted::paidBack).sum();
            var off = decision.granted().stream().mapToLong(Granted::credited).sum();
            assertThat(back).as("seed %d", seed).isLessThanOrEqualTo(balance.paid());
            assertThat(off).as("seed %d", seed).isLessThanOrEqualTo(balance.charged());
            assertThat(decision.balances()).as("seed %d", seed).allSatisfy(after -> {
                assertThat(after.charged()).isEqualTo(balance.charged() - off);
                assertThat(after.refunded()).isEqualTo(back);
            });
        }
    }

    private static RefundDecision decide(Balance balance, Refund... refunds) {
        var other = new Balance(OTHER, ORDER, OTHER, OTHER, 9, 9, 0, PREPAID);
        return RefundDecision.decide(List.of(refunds), Map.of(ORDER, balance, OTHER, other), Set.of());
    }

    private static Balance balance(long charged, long paid, long refunded) {
        return new Balance(ORDER, OTHER, OTHER, OTHER, charged, paid, refunded, PREPAID);
    }

    private static Refund refund(String key, long fen) {
        return new Refund(key, OTHER, OTHER, ORDER, OTHER, null, null, fen, Reason.SHORT);
    }
}
