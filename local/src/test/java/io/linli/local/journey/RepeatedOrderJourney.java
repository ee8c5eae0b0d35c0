package io.linli.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.client.Answer;
import io.linli.local.system.RunningSystem;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Story 2: the phone loses its network after "order"; the resident taps again.
@ExtendWith(SharedSystem.class)
class RepeatedOrderJourney {

    @Test
    void the_second_tap_gets_the_first_answer_and_no_second_order(RunningSystem system) {
        var round = new Round(system);
        var resident = round.people.resident(3);
        var groupBuy = round.open(Round.item("苹果", 10));
        var order = Round.one(groupBuy, "苹果", null);

        var first = round.ask(resident, groupBuy, order, "tap-" + groupBuy.groupBuyId());
        var second = round.ask(resident, groupBuy, order, "tap-" + groupBuy.groupBuyId());

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(round.groupBuys.orders(round.people.leader(), groupBuy.groupBuyId()))
                .hasSize(1);
        assertThat(round.groupBuys
                        .get(resident, groupBuy.groupBuyId())
                        .item("苹果")
                        .sold())
                .isEqualTo(1);
    }

    @Test
    void twenty_impatient_taps_at_once_are_one_order(RunningSystem system) throws Exception {
        var round = new Round(system);
        var resident = round.people.resident(4);
        resident.token();
        var groupBuy = round.open(Round.item("梨", 50));
        var order = Round.one(groupBuy, "梨", null);
        Callable<Answer> tap = () -> round.ask(resident, groupBuy, order, "taps-" + groupBuy.groupBuyId());

        try (var threads = Executors.newFixedThreadPool(20)) {
            var answers = threads.invokeAll(Collections.nCopies(20, tap)).stream()
                    .map(Future::resultNow)
                    .toList();

            assertThat(answers).extracting(Answer::status).containsOnly(201);
            assertThat(answers)
                    .extracting(Answer::text)
                    .containsOnly(answers.getFirst().text());
        }
        assertThat(round.groupBuys
                        .get(resident, groupBuy.groupBuyId())
                        .item("梨")
                        .sold())
                .isEqualTo(1);
    }

    @Test
    void the_same_key_for_another_order_is_refused(RunningSystem system) {
        var round = new Round(system);
        var resident = round.people.resident(5);
        var groupBuy = round.open(Round.item("桃", 10), Round.item("杏", 10));
        var key = "other-" + groupBuy.groupBuyId();
        round.ask(resident, groupBuy, Round.one(groupBuy, "桃", null), key);

        var other = round.ask(resident, groupBuy, Round.one(groupBuy, "杏", null), key);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    }
}
