package io.linli.groupbuy.ordering;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.ordering.OrderTotals.Totals;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.web.Membership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/// Who watches a group buy and stops reading holds up nobody, and nothing piles up for them.
class OrderProgressTests {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood here = new Neighbourhood(service);
    private final Answer created = here.open(1, item("青菜", 100, 5));
    private final Watcher reader = new Watcher(Long.MAX_VALUE);
    private final Watcher stalled = new Watcher(1);

    /// Reads as much as it asks for, and keeps it.
    private static final class Watcher extends BaseSubscriber<Totals> {
        private final List<Integer> sold = new CopyOnWriteArrayList<>();
        private final long atFirst;

        private Watcher(long atFirst) {
            this.atFirst = atFirst;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(atFirst);
        }

        @Override
        protected void hookOnNext(Totals totals) {
            sold.add(totals.items().getFirst().sold());
        }
    }

    @AfterEach
    void nobody_watches_any_more() {
        reader.cancel();
        stalled.cancel();
    }

    @Test
    void a_watcher_that_stops_reading_holds_up_nobody_and_then_reads_the_latest_only() {
        var progress = service.bean(OrderProgress.class);
        var viewer = new Membership(here.community(), UUID.randomUUID(), Set.of("resident"), Map.of());
        progress.watch(viewer, created.id("groupBuyId")).subscribe(stalled);
        progress.watch(viewer, created.id("groupBuyId")).subscribe(reader);
        Await.until("both watch", SOON, () -> stalled.sold.size() == 1 && reader.sold.size() == 1);

        for (var ordered = 1; ordered <= 4; ordered++) {
            var sold = ordered;
            here.place(here.resident(UUID.randomUUID()), created.id("groupBuyId"), line(itemOf(created, 0), 1));
            Await.until("the reader is told", SOON, () -> reader.sold.getLast() == sold);
        }

        assertThat(stalled.sold).containsExactly(0);
        stalled.requestUnbounded();
        Await.until("the other reads again", SOON, () -> stalled.sold.getLast() == 4);
        assertThat(stalled.sold).as("what came between is not kept").containsExactly(0, 4);
    }
}
