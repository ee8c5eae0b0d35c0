package io.linli.dispatch.hours;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.Compound;
import io.linli.dispatch.DispatchApplication;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CreditHoursTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final int CLIENTS = 20;

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service");

    private Compound compound;
    private Compound.Member volunteer;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        volunteer = compound.member("volunteer");
        compound.register(volunteer, 5_000, 0);
    }

    private void credit(UUID task, int fromMinute, int toMinute) {
        service.bean(Transactions.class)
                .in(
                        compound.community,
                        () -> service.bean(CreditHours.class)
                                .credit(
                                        compound.community,
                                        volunteer.id(),
                                        task,
                                        START.plusSeconds(60L * fromMinute),
                                        START.plusSeconds(60L * toMinute)))
                .block(LIMIT);
    }

    private long seconds(String sum) {
        return service.jdbc().sql(sum).param(volunteer.id()).query(Long.class).single();
    }

    private void assertMinutes(long minutes) {
        assertThat(seconds("SELECT seconds FROM hours_account WHERE member_id = ?"))
                .isEqualTo(minutes * 60)
                .isEqualTo(seconds("SELECT sum(seconds) FROM hours_entry WHERE member_id = ?"));
    }

    @Test
    void a_task_is_credited_once() {
        var task = UUID.randomUUID();

        credit(task, 0, 10);
        credit(task, 0, 10);
        credit(task, 20, 90);

        assertMinutes(10);
    }

    @Test
    void time_spent_on_several_tasks_counts_once() {
        credit(UUID.randomUUID(), 0, 10);
        credit(UUID.randomUUID(), 20, 30);
        credit(UUID.randomUUID(), 5, 35);
        credit(UUID.randomUUID(), 0, 35);

        assertMinutes(35);
    }

    @Test
    void one_task_counts_at_most_the_setting() {
        credit(UUID.randomUUID(), 0, 60 * 24);

        assertMinutes(240);
    }

    @Test
    void credits_that_come_at_once_count_their_common_time_once() throws Exception {
        var credits = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < CLIENTS; i++) {
            var end = 10 + i;
            credits.add(() -> {
                credit(UUID.randomUUID(), 0, end);
                return true;
            });
        }

        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (var done : clients.invokeAll(credits)) {
                assertThat(done.get()).isTrue();
            }
        }

        assertMinutes(10 + CLIENTS - 1);
    }
}
