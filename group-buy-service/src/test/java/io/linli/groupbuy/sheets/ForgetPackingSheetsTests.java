package io.linli.groupbuy.sheets;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.community.CommunityDouble;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How many packing sheets there are, and for how long.
class ForgetPackingSheetsTests {
    private static final int VERSIONS_MAX = 3;

    @RegisterExtension
    static final CommunityDouble community = new CommunityDouble();

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.community.url", community::url)
            .with("linli.groupbuy.sheets.versions-max", String.valueOf(VERSIONS_MAX))
            .with("linli.groupbuy.sheets.kept-max", "90d")
            .with("linli.groupbuy.sheets.purge-batch", "2");

    private final Neighbourhood here = new Neighbourhood(service);
    private final Answer groupBuy = here.open(1, item("青菜", 100, 50));
    private final List<UUID> orders = new ArrayList<>();

    @Test
    void a_group_buy_freezes_so_many_versions_and_no_more() {
        close(VERSIONS_MAX + 1);
        for (var version = 1; version <= VERSIONS_MAX; version++) {
            assertThat(freezeAfterAChange().status()).isEqualTo(201);
        }

        var refused = freezeAfterAChange();

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("packing-versions-max");
        assertThat(versions()).containsExactly(3, 2, 1);
    }

    @Test
    void what_an_old_version_says_is_forgotten_and_its_number_is_not_given_again() {
        close(3);
        var frozen = freezeAfterAChange();
        var frozenAt = Instant.parse(frozen.body().get("frozenAt").asString());

        forgetAll(frozenAt.plus(Duration.ofDays(90)).minusMillis(1));
        assertThat(versions()).containsExactly(1);
        forgetAll(frozenAt.plus(Duration.ofDays(90)));

        assertThat(versions()).isEmpty();
        assertThat(here.get(here.leader(), path("/1")).problem()).isEqualTo("packing-sheet-unknown");
        assertThat(freeze().body().get("version").asInt()).isEqualTo(2);
        assertThat(here.get(here.leader(), path("/2/changes")).problem()).isEqualTo("packing-sheet-unknown");
        assertThat(freeze().problem()).isEqualTo("packing-unchanged");
    }

    @Test
    void one_look_forgets_a_bounded_number_oldest_first() {
        var later = Instant.now().plus(Duration.ofDays(91));
        forgetAll(later);
        close(VERSIONS_MAX);
        for (var version = 1; version <= VERSIONS_MAX; version++) {
            freezeAfterAChange();
        }

        assertThat(forget(later)).isEqualTo(2);
        assertThat(versions()).containsExactly(3);
        assertThat(forget(later)).isEqualTo(1);
        assertThat(forget(later)).isZero();
    }

    @Test
    void nothing_else_of_a_frozen_version_is_changed_with_it() {
        close(1);
        freeze();

        assertThatThrownBy(() -> service.jdbc()
                        .sql("UPDATE packing_sheet SET content_sealed = NULL, orders = 0 WHERE group_buy_id = ?")
                        .param(groupBuy.id("groupBuyId"))
                        .update())
                .hasMessageContaining("stays as it is");
    }

    private void close(int households) {
        for (var number = 1; number <= households; number++) {
            var household = community.household("2号楼", "1单元", 1, "10" + number);
            var placed =
                    here.place(here.resident(household), groupBuy.id("groupBuyId"), line(itemOf(groupBuy, 0), number));
            orders.add(placed.id("orderId"));
        }
        assertThat(here.close(here.leader(), groupBuy.id("groupBuyId")).status())
                .isEqualTo(200);
    }

    private Answer freezeAfterAChange() {
        service.jdbc()
                .sql("UPDATE orders SET state = 'failed' WHERE id = ?")
                .param(orders.removeFirst())
                .update();
        return freeze();
    }

    private Answer freeze() {
        return here.post(here.leader(), path(""), null);
    }

    private List<Integer> versions() {
        return here.get(here.leader(), path(""))
                .body()
                .path("items")
                .valueStream()
                .map(version -> version.path("version").asInt())
                .toList();
    }

    private static long forget(Instant now) {
        return service.bean(ForgetPackingSheets.class).handle(now).block(Duration.ofSeconds(20));
    }

    /// Other tests leave sheets behind, and one look forgets a few only.
    private static void forgetAll(Instant now) {
        long forgotten;
        do {
            forgotten = forget(now);
        } while (forgotten > 0);
    }

    private String path(String rest) {
        return "/group-buys/" + groupBuy.id("groupBuyId") + "/packing-sheets" + rest;
    }
}
