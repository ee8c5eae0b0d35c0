package io.linli.groupbuy.sheets;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.community.CommunityDouble;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The timer as it runs in production, looking more often and forgetting sooner.
class PurgeTimerTests {
    @RegisterExtension
    static final CommunityDouble community = new CommunityDouble();

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.community.url", community::url)
            .with("linli.groupbuy.purge-first-after", "0s")
            .with("linli.groupbuy.purge-interval", "100ms")
            .with("linli.groupbuy.sheets.kept-max", "0s");

    private final Neighbourhood here = new Neighbourhood(service);

    @Test
    void old_sheets_are_forgotten_by_themselves() {
        var groupBuy = here.open(1, item("青菜", 100, 50));
        var id = groupBuy.id("groupBuyId");
        var household = community.household("2号楼", "1单元", 1, "101");
        here.place(here.resident(household), id, line(itemOf(groupBuy, 0), 1));
        here.close(here.leader(), id);
        var sheets = "/group-buys/" + id + "/packing-sheets";

        assertThat(here.post(here.leader(), sheets, null).status()).isEqualTo(201);

        Await.until(
                "the sheet to be forgotten",
                Duration.ofSeconds(20),
                () -> here.get(here.leader(), sheets).body().get("items").isEmpty());
    }
}
