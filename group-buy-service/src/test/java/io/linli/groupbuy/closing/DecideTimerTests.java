package io.linli.groupbuy.closing;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The timer that decides looks at a few group buys at a time, and not at those that still wait.
class DecideTimerTests {
    private static final int DUE_BATCH_MAX = 2;

    @RegisterExtension
    static final ServiceUnderTest service =
            Neighbourhood.service().with("linli.groupbuy.due-batch-max", String.valueOf(DUE_BATCH_MAX));

    private final Neighbourhood here = new Neighbourhood(service);

    @Test
    void group_buys_that_wait_for_cash_do_not_starve_one_behind_them_that_can_be_decided() {
        for (var waiting = 0; waiting <= DUE_BATCH_MAX; waiting++) {
            closedWithUnpaidCash();
        }
        var decidable = closedWithUnpaidCash();
        var now = Instant.now();
        payBy(decidable, now.minusSeconds(1));

        service.bean(CloseDueGroupBuys.class).handle(now).block(Duration.ofSeconds(20));

        assertThat(state(decidable)).isEqualTo("failed");
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM group_buy WHERE community_id = ? AND state = 'closed'")
                        .param(here.community())
                        .query(Integer.class)
                        .single())
                .isEqualTo(DUE_BATCH_MAX + 1);
    }

    private UUID closedWithUnpaidCash() {
        var created = here.openWith(Map.of("paymentMode", "cash"), item("鸡蛋", 5, 5));
        var groupBuy = created.id("groupBuyId");
        here.place(here.resident(UUID.randomUUID()), groupBuy, line(itemOf(created, 0), 1));
        here.close(here.leader(), groupBuy);
        assertThat(state(groupBuy)).isEqualTo("closed");
        return groupBuy;
    }

    private static void payBy(UUID groupBuy, Instant until) {
        service.jdbc()
                .sql("UPDATE orders SET pay_by = ? WHERE group_buy_id = ?")
                .params(Timestamp.from(until), groupBuy)
                .update();
    }

    private static String state(UUID groupBuy) {
        return service.jdbc()
                .sql("SELECT state FROM group_buy WHERE id = ?")
                .param(groupBuy)
                .query(String.class)
                .single();
    }
}
