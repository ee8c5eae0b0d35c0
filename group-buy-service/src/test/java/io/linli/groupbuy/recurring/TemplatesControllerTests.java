package io.linli.groupbuy.recurring;

import static io.linli.groupbuy.Neighbourhood.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TemplatesControllerTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Map<String, Object> nextWeek =
            Map.of("opensAt", now.plus(Duration.ofDays(7)).toString());
    private Neighbourhood here;
    private Answer source;

    @BeforeEach
    void with_a_group_buy() {
        here = new Neighbourhood(service);
        var body = here.newGroupBuy(2, now.minusSeconds(60), now.plusSeconds(3600), item("青菜", 10, 5));
        body.put("conditions", Map.of("paymentMode", "cash", "minAmountFen", 700));
        source = here.post(here.leader(), "/group-buys", body);
    }

    @Test
    void a_copy_is_a_draft_at_another_time() {
        var copied = here.post(here.leader(), "/group-buys/" + source.id("groupBuyId") + "/copies", nextWeek);

        var read = here.get(here.leader(), "/group-buys/" + copied.id("groupBuyId"));
        assertThat(copied.status()).isEqualTo(201);
        assertThat(read.body().get("state").asString()).isEqualTo("draft");
        assertThat(read.body().get("title")).isEqualTo(source.body().get("title"));
        assertThat(read.body().get("conditions")).isEqualTo(source.body().get("conditions"));
        assertThat(read.body().get("items")).hasSize(1);
        assertThat(Instant.parse(read.body().get("closesAt").asString()))
                .isEqualTo(now.plus(Duration.ofDays(7)).plusSeconds(3660));
    }

    @Test
    void a_template_is_kept_under_its_name_and_used_again_and_again() {
        var template = save("每周蔬菜");
        var use = "/group-buy-templates/" + template.id("templateId") + "/group-buys";

        var first = here.post(here.leader(), use, nextWeek);
        var second = here.post(here.leader(), use, nextWeek);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.id("groupBuyId")).isNotEqualTo(first.id("groupBuyId"));
        assertThat(here.get(here.leader(), "/group-buy-templates")
                        .body()
                        .get("items")
                        .get(0))
                .isEqualTo(template.body());
        assertThat(save("每周蔬菜").problem()).isEqualTo("template-exists");
    }

    @Test
    void templates_are_the_leaders_business_and_stay_in_their_community() {
        var template = save("每周蔬菜").id("templateId");
        var elsewhere = new Neighbourhood(service);

        assertThat(here.get(here.resident(UUID.randomUUID()), "/group-buy-templates")
                        .problem())
                .isEqualTo("role-required");
        assertThat(elsewhere
                        .post(elsewhere.leader(), "/group-buy-templates/" + template + "/group-buys", nextWeek)
                        .problem())
                .isEqualTo("template-unknown");
    }

    @Test
    void a_copy_whose_window_makes_no_sense_is_refused() {
        var past = Map.of("opensAt", now.minus(Duration.ofDays(3)).toString());

        assertThat(here.post(here.leader(), "/group-buys/" + source.id("groupBuyId") + "/copies", past)
                        .problem())
                .isEqualTo("window-invalid");
    }

    private Answer save(String name) {
        return here.post(
                here.leader(),
                "/group-buy-templates",
                Map.of("name", name, "groupBuyId", source.id("groupBuyId").toString()));
    }
}
