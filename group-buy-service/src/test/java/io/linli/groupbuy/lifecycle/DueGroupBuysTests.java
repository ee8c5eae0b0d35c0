package io.linli.groupbuy.lifecycle;

import static io.linli.groupbuy.Neighbourhood.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.Neighbourhood;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

class DueGroupBuysTests {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    @Test
    void a_look_that_takes_too_long_ends() {
        var here = new Neighbourhood(service);
        var now = Instant.now();
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        here.moveWindow(groupBuy, now.minusSeconds(600), now.minusSeconds(60));
        var settings = new GroupBuySettings(
                3_600_000,
                300,
                0,
                LIMIT,
                LIMIT,
                200,
                180,
                60,
                service.bean(GroupBuySettings.class).desk());
        var due = new DueGroupBuys(service.bean(GroupBuys.class), service.bean(Transactions.class), settings);
        var begun = new AtomicInteger();

        due.toClose(now, _ -> Mono.<Void>never().doOnSubscribe(_ -> begun.incrementAndGet()))
                .block(LIMIT);

        assertThat(begun).hasPositiveValue();
    }
}
