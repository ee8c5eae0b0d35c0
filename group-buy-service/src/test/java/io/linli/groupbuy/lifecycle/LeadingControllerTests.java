package io.linli.groupbuy.lifecycle;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static io.linli.groupbuy.Neighbourhood.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Writing, announcing and handing over a group buy; neither the station nor the dispatch is there.
class LeadingControllerTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.capacity.station-url", "http://127.0.0.1:1")
            .with("linli.groupbuy.capacity.dispatch-url", "http://127.0.0.1:1");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private Neighbourhood here;

    @BeforeEach
    void in_a_community_of_its_own() {
        here = new Neighbourhood(service);
    }

    @Test
    void a_draft_is_seen_by_those_who_lead_it_only() {
        var body = offer();
        var coLeader = UUID.randomUUID();
        body.put("coLeaderIds", List.of(coLeader.toString()));
        var draft = path(here.post(here.leader(), "/group-buys", body));
        var stranger = here.resident(UUID.randomUUID());

        assertThat(here.get(here.leader(), draft).body().get("state").asString())
                .isEqualTo("draft");
        for (var token : List.of(here.leader(), here.member(coLeader), here.coordinator())) {
            assertThat(here.get(token, draft).status()).isEqualTo(200);
            assertThat(here.get(token, "/group-buys").body().get("items")).hasSize(1);
        }
        for (var below : List.of("", "/orders", "/progress")) {
            assertThat(here.get(stranger, draft + below).problem()).as(below).isEqualTo("group-buy-unknown");
        }
        assertThat(here.get(stranger, "/group-buys").body().get("items")).isEmpty();
        assertThat(here.close(here.leader(), id(draft)).problem()).isEqualTo("not-published");
    }

    @Test
    void a_draft_that_is_published_takes_orders() {
        var created = here.post(here.leader(), "/group-buys", offer());
        var draft = path(created);
        var resident = here.resident(UUID.randomUUID());
        var early = here.place(resident, id(draft), line(itemOf(created, 0), 1));

        var published = here.post(here.leader(), draft + "/publication", null);

        assertThat(early.problem()).isEqualTo("not-published");
        assertThat(published.status()).isEqualTo(200);
        assertThat(published.body().get("state").asString()).isEqualTo("open");
        assertThat(published.headers().getETag()).isEqualTo("\"0\"");
        assertThat(here.place(resident, id(draft), line(itemOf(created, 0), 1)).status())
                .isEqualTo(201);
        assertThat(here.post(here.leader(), draft + "/publication", null).problem())
                .isEqualTo("already-published");
    }

    @Test
    void an_edit_replaces_what_is_not_open_yet() {
        var body = here.newGroupBuy(1, now.plusSeconds(600), now.plusSeconds(7200), item("青菜", 10, 5));
        var created = here.post(here.leader(), "/group-buys", body);
        body.put("title", "水果");
        body.put("items", List.of(item("苹果", 20, 5), item("梨", 30, 5)));

        var edited = here.edit(here.leader(), path(created), created.headers().getETag(), body);

        assertThat(edited.status()).isEqualTo(200);
        assertThat(edited.headers().getETag()).isEqualTo("\"1\"");
        var read = here.get(here.leader(), path(created));
        assertThat(read.body()).isEqualTo(edited.body());
        assertThat(read.body().get("title").asString()).isEqualTo("水果");
        assertThat(read.body().get("items")).hasSize(2);
        assertThat(read.body().get("state").asString()).isEqualTo("scheduled");
    }

    @Test
    void of_two_who_edit_the_same_version_one_is_told_to_read_again() {
        var created = here.post(here.leader(), "/group-buys", offer());
        var edits = IntStream.range(0, 6)
                .<Callable<Answer>>mapToObj(number -> () -> {
                    var body = offer();
                    body.put("title", "第" + number);
                    return here.edit(here.leader(), path(created), "\"0\"", body);
                })
                .toList();

        var statuses = together(edits).stream().map(Answer::status).sorted().toList();

        assertThat(statuses).containsExactly(200, 412, 412, 412, 412, 412);
        assertThat(here.get(here.leader(), path(created)).body().get("version").asInt())
                .isEqualTo(1);
    }

    @Test
    void an_edit_says_which_version_it_builds_on() {
        var draft = path(here.post(here.leader(), "/group-buys", offer()));

        assertThat(here.edit(here.leader(), draft, null, offer()).problem()).isEqualTo("version-required");
        assertThat(here.edit(here.leader(), draft, "\"7\"", offer()).problem()).isEqualTo("stale-version");
        assertThat(here.edit(here.leader(), draft, "7", offer()).problem()).isEqualTo("if-match-invalid");
    }

    @Test
    void what_is_open_is_not_edited() {
        var open = here.open(1, item("青菜", 10, 5));

        assertThat(here.edit(here.leader(), path(open), "\"0\"", offer()).problem())
                .isEqualTo("already-open");
    }

    @Test
    void a_co_leader_may_do_what_the_leader_may_and_others_may_not() {
        var coLeader = UUID.randomUUID();
        var body = offer();
        body.put("coLeaderIds", List.of(coLeader.toString()));
        var draft = path(here.post(here.leader(), "/group-buys", body));
        var stranger = here.member(UUID.randomUUID());

        assertThat(here.edit(stranger, draft, "\"0\"", body).problem()).isEqualTo("not-your-group-buy");
        assertThat(here.post(stranger, draft + "/publication", null).problem()).isEqualTo("not-your-group-buy");
        assertThat(here.edit(here.member(coLeader), draft, "\"0\"", body).status())
                .isEqualTo(200);
        assertThat(here.post(here.member(coLeader), draft + "/publication", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_group_buy_is_handed_over_to_another_member() {
        var open = here.open(1, item("青菜", 10, 5));
        var next = UUID.randomUUID();
        var leaders = Map.of("leaderId", next.toString());

        var handedOver = here.edit(here.leader(), path(open) + "/leaders", null, leaders);

        assertThat(handedOver.status()).isEqualTo(200);
        assertThat(handedOver.body().get("leaderId").asString()).isEqualTo(next.toString());
        assertThat(here.edit(here.leader(), path(open) + "/leaders", null, leaders)
                        .problem())
                .isEqualTo("not-your-group-buy");
        assertThat(here.edit(here.member(next), path(open) + "/leaders", null, leaders)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_fee_stays_below_what_the_community_allows() {
        var body = offer();
        body.put("conditions", Map.of("feePerMille", 50));
        var draft = path(here.post(here.leader(), "/group-buys", body));
        var none = Map.of("flatFen", 0, "perMille", 0);

        assertThat(here.edit(here.leader(), "/fee-cap", null, none).problem()).isEqualTo("role-required");
        assertThat(here.edit(here.coordinator(), "/fee-cap", null, none).body())
                .isEqualTo(here.get(here.leader(), "/fee-cap").body());

        assertThat(here.post(here.leader(), "/group-buys", body).problem()).isEqualTo("fee-over-cap");
        assertThat(here.edit(here.leader(), draft, "\"0\"", body).problem()).isEqualTo("fee-over-cap");
        assertThat(here.post(here.leader(), draft + "/publication", null).problem())
                .isEqualTo("fee-over-cap");
        body.put("conditions", Map.of());
        assertThat(here.edit(here.leader(), draft, "\"0\"", body).status()).isEqualTo(200);
    }

    @Test
    void what_a_courier_takes_stays_below_what_the_community_allows() {
        var body = offer();
        body.put("conditions", Map.of("courierFen", 50_001));
        assertThat(here.post(here.leader(), "/group-buys", body).problem()).isEqualTo("courier-over-cap");
        body.put("conditions", Map.of("courierFen", 50_000));
        var draft = path(here.post(here.leader(), "/group-buys", body));
        var less = Map.of("flatFen", 300, "perMille", 0, "courierFen", 800);

        assertThat(here.edit(here.coordinator(), "/fee-cap", null, less).body().get("courierFen"))
                .isEqualTo(here.get(here.leader(), "/fee-cap").body().get("courierFen"));

        assertThat(here.post(here.leader(), draft + "/publication", null).problem())
                .isEqualTo("courier-over-cap");
        assertThat(here.edit(here.leader(), draft, "\"0\"", body).problem()).isEqualTo("courier-over-cap");
        body.put("conditions", Map.of("courierFen", 800));
        assertThat(here.edit(here.leader(), draft, "\"0\"", body).status()).isEqualTo(200);
        assertThat(here.post(here.leader(), draft + "/publication", null).status())
                .isEqualTo(200);
        var fees = Map.of("flatFen", 300, "perMille", 0);
        assertThat(here.edit(here.coordinator(), "/fee-cap", null, fees)
                        .body()
                        .get("courierFen")
                        .asInt())
                .isEqualTo(50_000);
    }

    @Test
    void a_draft_is_announced_with_what_the_fund_takes_by_then() {
        var draft = path(here.post(here.leader(), "/group-buys", offer()));
        here.put(here.coordinator(), "/fund-share", Map.of("perMille", 30));

        var published = here.post(here.leader(), draft + "/publication", null).body();

        assertThat(published.get("conditions").get("fundPerMille").asInt()).isEqualTo(30);
        assertThat(here.get(here.leader(), draft).body()).isEqualTo(published);
    }

    @Test
    void local_times_are_those_of_the_community() {
        var berlin = service.tokens()
                .token(UUID.randomUUID())
                .member(here.community(), UUID.randomUUID())
                .zone("Europe/Berlin")
                .roles("leader")
                .sign();
        var body = offer();
        var opens = now.truncatedTo(ChronoUnit.SECONDS);
        var closes = opens.plus(Duration.ofDays(7));
        body.put("opensAt", opens.toString());
        body.put("closesAt", closes.toString());

        var created = here.post(berlin, "/group-buys", body);

        assertThat(created.body().get("zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(created.body().get("opensAtLocal").asString()).isEqualTo(inBerlin(opens));
        assertThat(created.body().get("closesAtLocal").asString()).isEqualTo(inBerlin(closes));
    }

    @Test
    void what_nobody_could_check_opens_with_a_flag() {
        var created = here.post(here.leader(), "/group-buys", onADay());

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().get("capacityUnchecked").asBoolean()).isTrue();
    }

    private static String inBerlin(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(ZoneId.of("Europe/Berlin")));
    }

    private Map<String, Object> onADay() {
        var body = here.newGroupBuy(1, now.minusSeconds(60), now.plusSeconds(3600), item("青菜", 10, 5));
        body.put("conditions", Map.of("deliveryDate", Neighbourhood.day(now).toString()));
        return body;
    }

    private Map<String, Object> offer() {
        var body = here.newGroupBuy(1, now.minusSeconds(60), now.plusSeconds(3600), item("青菜", 10, 5));
        body.put("draft", true);
        return body;
    }

    private static String path(Answer created) {
        return "/group-buys/" + created.id("groupBuyId");
    }

    private static UUID id(String path) {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }
}
