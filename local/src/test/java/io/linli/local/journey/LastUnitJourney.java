package io.linli.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.client.Answer;
import io.linli.local.client.GroupBuys.Details;
import io.linli.local.client.Person;
import io.linli.local.system.RunningSystem;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Story 1: the last unit is ordered by two households in the same moment.
@ExtendWith(SharedSystem.class)
class LastUnitJourney {

    private static final int ROUNDS = 10;

    @Test
    void one_household_gets_the_last_unit_and_the_other_hears_that_none_is_left(RunningSystem system) throws Exception {
        var round = new Round(system);
        var first = round.people.resident(1);
        var second = round.people.resident(2);
        first.token();
        second.token();

        for (int i = 0; i < ROUNDS; i++) {
            var groupBuy = round.open(Round.item("最后一份", 1));

            var answers = atOnce(round, groupBuy, List.of(first, second));

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 409)
                    .singleElement()
                    .satisfies(refusal -> {
                        assertThat(refusal.problem()).isEqualTo("sold-out");
                        assertThat(refusal.error("left")).isEqualTo("0");
                    });
            assertThat(round.groupBuys
                            .get(first, groupBuy.groupBuyId())
                            .item("最后一份")
                            .left())
                    .isZero();
        }
    }

    private static List<Answer> atOnce(Round round, Details groupBuy, List<Person> residents) throws Exception {
        var start = new CyclicBarrier(residents.size());
        try (var threads = Executors.newFixedThreadPool(residents.size())) {
            var calls = residents.stream()
                    .map(resident -> (Callable<Answer>) () -> {
                        start.await(10, TimeUnit.SECONDS);
                        var key = round.keys.of("order", groupBuy.groupBuyId(), resident.phone());
                        return round.ask(resident, groupBuy, Round.one(groupBuy, "最后一份", null), key);
                    })
                    .toList();
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }
}
