package io.linli.groupbuy.closing;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.FaultProxy;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// The timers as they run in production, before a database that goes away and comes back.
@ExtendWith(OutputCaptureExtension.class)
class CloseTimerTests {
    private static final Duration HEALED_MAX = Duration.ofSeconds(40);
    private static final FaultProxy database =
            FaultProxy.to(TestServers.get().postgresHost(), TestServers.get().postgresPort());

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.timer-interval-millis", "100")
            .with("linli.database.host", database.host())
            .with("linli.database.port", Integer.toString(database.port()));

    private final Neighbourhood here = new Neighbourhood(service);

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void timers_open_and_close_by_themselves_also_after_the_database_was_away(CapturedOutput log) {
        var now = Instant.now();
        var body = here.newGroupBuy(1, now.plusSeconds(600), now.plusSeconds(1200), item("青菜", 10, 5));
        var created = here.post(here.leader(), "/group-buys", body);
        var groupBuy = created.id("groupBuyId");

        here.moveWindow(groupBuy, now.minusSeconds(1), now.plusSeconds(1200));
        Await.until("the timer to open it", HEALED_MAX, () -> state(groupBuy).equals("open"));
        here.place(here.resident(UUID.randomUUID()), groupBuy, line(itemOf(created, 0), 1));
        database.refuse();
        database.resetAll();
        here.moveWindow(groupBuy, now.minusSeconds(600), now.minusSeconds(1));
        Await.until("a look to fail", HEALED_MAX, () -> log.getOut().contains("due group buys could not be looked up"));
        database.pass();

        var told = service.events()
                .await("group-buy.formed.v1", event -> event.subject().equals(groupBuy));
        assertThat(told.data().get("orders").size()).isEqualTo(1);
        assertThat(state(groupBuy)).isEqualTo("formed");
    }

    private static String state(UUID groupBuy) {
        return service.jdbc()
                .sql("SELECT state FROM group_buy WHERE id = ?")
                .param(groupBuy)
                .query(String.class)
                .single();
    }
}
