package io.linli.groupbuy;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static io.linli.groupbuy.Neighbourhood.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrongUseTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    @TestFactory
    Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
        return WrongUse.of(service).tests();
    }

    @Test
    void one_key_for_two_different_orders_is_refused() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5));
        var orders = "/group-buys/" + groupBuy.id("groupBuyId") + "/orders";
        var resident = here.resident(UUID.randomUUID());

        var first = here.post(resident, "key", orders, order(line(itemOf(groupBuy, 0), 1)));
        var other = here.post(resident, "key", orders, order(line(itemOf(groupBuy, 0), 2)));

        assertThat(first.status()).isEqualTo(201);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void lists_have_no_holes() {
        var here = new Neighbourhood(service);
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        var hole = Collections.singletonList(null);
        var offer = offer(here, item("青菜", 10, 5));
        offer.put("items", hole);

        var orders = "/group-buys/" + groupBuy + "/orders";
        assertThat(here.post(here.resident(UUID.randomUUID()), orders, Map.of("lines", hole))
                        .status())
                .isEqualTo(400);
        assertThat(here.post(here.leader(), "/group-buys", offer).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u3000", "\u00a0", "a\u0000", "a\u0085"})
    void texts_of_nothing_but_spaces_or_with_control_characters_are_refused(String text) {
        var here = new Neighbourhood(service);
        var untitled = offer(here, item("青菜", 10, 5));
        untitled.put("title", text);
        var unitless = item("青菜", 10, 5);
        unitless.put("unit", text);

        assertThat(here.post(here.leader(), "/suppliers", Map.of("name", text)).status())
                .isEqualTo(400);
        for (var body : List.of(untitled, offer(here, item(text, 10, 5)), offer(here, unitless))) {
            assertThat(here.post(here.leader(), "/group-buys", body).status()).isEqualTo(400);
        }
    }

    private static Map<String, Object> offer(Neighbourhood here, Map<String, Object> item) {
        var now = Instant.now();
        return here.newGroupBuy(1, now.plusSeconds(600), now.plusSeconds(1200), item);
    }

    @Test
    void problems_speak_chinese_unless_english_is_asked_for() {
        var here = new Neighbourhood(service);

        var english = here.get(here.leader(), "/group-buys/" + UUID.randomUUID());
        service.client()
                .get()
                .uri("/v1/communities/" + here.community() + "/group-buys/" + UUID.randomUUID())
                .headers(headers -> headers.setBearerAuth(here.leader()))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("没有这个团购。");

        assertThat(english.body().get("detail").asString()).isEqualTo("There is no such group buy here.");
    }
}
