package io.linli.groupbuy.sheets;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.community.CommunityDouble;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PackingSheetSizeTests {
    private static final int ORDERS = 3_000;
    private static final int STOCK = 9 * ORDERS;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @RegisterExtension
    static final CommunityDouble community = new CommunityDouble();

    @RegisterExtension
    static final ServiceUnderTest service =
            Neighbourhood.service().with("linli.groupbuy.community.url", community::url);

    private final Neighbourhood here = new Neighbourhood(service);

    @Test
    void three_thousand_orders_of_ten_thousand_lines_are_frozen_and_printed_in_time() {
        var groupBuy =
                here.open(1, item("青菜", STOCK, 9), item("鸡蛋", STOCK, 9), item("豆腐", STOCK, 9), item("五花肉", STOCK, 9));
        var id = groupBuy.id("groupBuyId");
        var first = here.place(
                        here.resident(community.household("1号楼", "1单元", 1, "101")),
                        id,
                        line(itemOf(groupBuy, 0), 1),
                        line(itemOf(groupBuy, 1), 2),
                        line(itemOf(groupBuy, 2), 3),
                        line(itemOf(groupBuy, 3), 1))
                .id("orderId");
        here.close(here.leader(), id);
        copy(first);
        var sheets = "/group-buys/" + id + "/packing-sheets";

        var frozen = timed("freeze", () -> here.post(here.leader(), sheets, null));
        assertThat(frozen.status()).isEqualTo(201);
        assertThat(frozen.body().get("orders").asInt()).isEqualTo(ORDERS);
        assertThat(frozen.body().get("lines").asInt()).isGreaterThanOrEqualTo(10_000);
        for (var what :
                List.of("?format=pdf", "?format=xlsx", "?format=pdf&by=product", "?format=pdf&by=run", "/labels")) {
            assertThat(timed(what, () -> bytes(sheets + "/1" + what))).isNotEmpty();
        }
    }

    private static <T> T timed(String what, Supplier<T> work) {
        var began = System.nanoTime();
        var result = work.get();
        var took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(took).as(what).isLessThan(LIMIT);
        return result;
    }

    /// More households order the same.
    private static void copy(UUID order) {
        var households = IntStream.range(1, ORDERS)
                .mapToObj(number -> community.household(
                        1 + number % 120 + "号楼", 1 + number % 3 + "单元", 1 + number % 18, "" + (101 + number)))
                .toArray(UUID[]::new);
        service.jdbc().sql("""
                        INSERT INTO orders
                        SELECT (jsonb_populate_record(o, jsonb_build_object(
                                   'id', household, 'household_id', household, 'serial_number', place + 1))).*
                          FROM orders o, unnest(?) WITH ORDINALITY AS h (household, place) WHERE o.id = ?""").params(households, order).update();
        service.jdbc().sql("""
                        INSERT INTO order_line
                        SELECT (jsonb_populate_record(l, jsonb_build_object('order_id', household))).*
                          FROM order_line l, unnest(?) AS household WHERE l.order_id = ?""").params(households, order).update();
    }

    private byte[] bytes(String path) {
        return service.client(here.leader())
                .get()
                .uri("/v1/communities/" + here.community() + path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
    }
}
