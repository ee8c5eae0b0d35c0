package io.linli.groupbuy.lifecycle;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.linli.groupbuy.Neighbourhood.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.linli.groupbuy.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A group buy opens only when its day has room, with the station and the dispatch played by WireMock.
class CapacityOfADayTests {
    private static final WireMockServer others = start();

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.capacity.station-url", others.baseUrl())
            .with("linli.groupbuy.capacity.dispatch-url", others.baseUrl())
            .with("linli.groupbuy.capacity.timeout-millis", "20000");

    private final Instant now = Instant.now();
    private Neighbourhood here;

    private static WireMockServer start() {
        var server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        server.start();
        return server;
    }

    @AfterAll
    static void stop() {
        others.stop();
    }

    @BeforeEach
    void with_ten_litres_on_the_shelves() {
        here = new Neighbourhood(service);
        others.stubFor(get(urlPathMatching(".*/shelves/space"))
                .willReturn(okJson("{\"ambientLitres\": 10, \"chilledLitres\": 0}")));
        others.stubFor(
                get(urlPathMatching(".*/shifts/capacity")).willReturn(okJson("{\"volunteers\": 2, \"grams\": 2000}")));
    }

    @Test
    void what_fits_opens_and_was_checked() {
        var created = here.post(here.leader(), "/group-buys", cabbages(20));

        assertThat(created.body().get("capacityUnchecked").asBoolean()).isFalse();
        assertThat(created.body().get("state").asString()).isEqualTo("open");
    }

    @Test
    void what_does_not_fit_is_refused_with_the_numbers() {
        var refused = here.post(here.leader(), "/group-buys", cabbages(21));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("capacity-exceeded");
        assertThat(refused.error("ambientLitres")).isEqualTo("needed 11, free 10");
        assertThat(refused.error("carriedKilograms")).isEqualTo("needed 3, free 2");
        assertThat(here.get(here.leader(), "/group-buys").body().get("items")).isEmpty();
    }

    @Test
    void two_that_fit_alone_do_not_fit_together() {
        here.post(here.leader(), "/group-buys", cabbages(12));

        assertThat(here.post(here.leader(), "/group-buys", cabbages(9)).problem())
                .isEqualTo("capacity-exceeded");
        assertThat(here.post(here.leader(), "/group-buys", cabbages(8)).status())
                .isEqualTo(201);
    }

    @Test
    void a_draft_is_checked_when_it_is_published_and_an_announced_one_when_it_is_edited() {
        var body = cabbages(21);
        body.put("draft", true);
        var draft =
                "/group-buys/" + here.post(here.leader(), "/group-buys", body).id("groupBuyId");

        assertThat(here.post(here.leader(), draft + "/publication", null).problem())
                .isEqualTo("capacity-exceeded");
        var smaller = cabbages(20);
        smaller.put("opensAt", now.plusSeconds(600).toString());
        assertThat(here.edit(here.leader(), draft, "\"0\"", smaller).status()).isEqualTo(200);
        var published = here.post(here.leader(), draft + "/publication", null);
        assertThat(published.body().get("state").asString()).isEqualTo("scheduled");
        assertThat(published.body().get("capacityUnchecked").asBoolean()).isFalse();
        assertThat(here.edit(here.leader(), draft, "\"1\"", body).problem()).isEqualTo("capacity-exceeded");
        assertThat(here.edit(here.leader(), draft, "\"1\"", smaller).status()).isEqualTo(200);
    }

    /// The phone loses its network after "announce"; meanwhile the day is full.
    @Test
    void an_answer_already_given_is_given_again_even_if_the_day_is_full_by_now() {
        var body = cabbages(20);
        var key = UUID.randomUUID().toString();
        var first = here.post(here.leader(), key, "/group-buys", body);
        others.stubFor(get(urlPathMatching(".*/shelves/space"))
                .willReturn(okJson("{\"ambientLitres\": 0, \"chilledLitres\": 0}")));

        var again = here.post(here.leader(), key, "/group-buys", body);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    /// Half a litre and half a kilogram each.
    private Map<String, Object> cabbages(int stock) {
        var body = here.newGroupBuy(1, now.minusSeconds(60), now.plusSeconds(3600), item("青菜", stock, 5));
        body.put("conditions", Map.of("deliveryDate", Neighbourhood.day(now).toString()));
        return body;
    }
}
