package io.linli.groupbuy.recurring;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static io.linli.groupbuy.Neighbourhood.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.community.CommunityDouble;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class RepeatGroupBuyTests {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Weekly TUESDAY = new Weekly(DayOfWeek.TUESDAY, LocalTime.of(18, 0), ZONE);

    @RegisterExtension
    static final CommunityDouble community = new CommunityDouble();

    @RegisterExtension
    static final ServiceUnderTest service =
            Neighbourhood.service().with("linli.groupbuy.community.url", community::url);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant first = TUESDAY.on(TUESDAY.firstFrom(now));
    private Neighbourhood here;
    private Answer source;
    private Answer repeat;

    @BeforeEach
    void every_tuesday_at_six_for_a_day() {
        here = new Neighbourhood(service);
        var body = here.newGroupBuy(2, now.minusSeconds(60), now.plus(Duration.ofDays(1)), item("青菜", 10, 5));
        source = here.post(here.leader(), "/group-buys", body);
        repeat = here.post(
                here.leader(),
                "/repeating-group-buys",
                Map.of("groupBuyId", source.id("groupBuyId").toString(), "weekday", "tuesday", "localTime", "18:00"));
    }

    @AfterEach
    void community_service_answers_again() {
        community.recover();
    }

    @Test
    void it_is_told_when_it_comes_next() {
        assertThat(repeat.status()).isEqualTo(201);
        assertThat(Instant.parse(repeat.body().get("nextOpensAt").asString())).isEqualTo(first);
        assertThat(repeat.body().get("nextOpensAtLocal").asString()).endsWith("T18:00:00+08:00");
        assertThat(here.get(here.leader(), "/repeating-group-buys")
                        .body()
                        .get("items")
                        .get(0))
                .isEqualTo(repeat.body());
    }

    @Test
    void it_is_announced_a_day_ahead_with_nothing_sold() {
        here.place(here.resident(UUID.randomUUID()), source.id("groupBuyId"), line(itemOf(source, 0), 3));

        look(first.minus(Duration.ofHours(24)).minusSeconds(1));
        assertThat(created()).isEmpty();
        look(first.minus(Duration.ofHours(24)));

        var copy = created().getFirst();
        assertThat(copy.get("state").asString()).isEqualTo("scheduled");
        assertThat(Instant.parse(copy.get("opensAt").asString())).isEqualTo(first);
        var read =
                here.get(here.leader(), "/group-buys/" + copy.get("groupBuyId").asString());
        assertThat(read.body().get("items").get(0).get("left").asInt()).isEqualTo(10);
        assertThat(read.body().get("capacityUnchecked").asBoolean()).isTrue();
        assertThat(read.body().get("leaderId")).isEqualTo(source.body().get("leaderId"));
    }

    @Test
    void each_week_is_created_once_however_many_look() {
        var weeks = 3;
        for (var week = 0; week < weeks; week++) {
            var due = first.plus(Duration.ofDays(7L * week));
            var looks = IntStream.range(0, 6)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        look(due);
                        return true;
                    })
                    .toList();
            together(looks);
            look(due);
        }

        assertThat(opened())
                .containsExactlyInAnyOrder(first, first.plus(Duration.ofDays(7)), first.plus(Duration.ofDays(14)));
    }

    @Test
    void after_a_down_time_what_would_still_be_open_is_created_and_what_is_over_is_not() {
        var back = first.plus(Duration.ofDays(21)).plus(Duration.ofHours(3));

        look(back);
        look(back);
        look(back);

        assertThat(opened()).containsExactly(first.plus(Duration.ofDays(21)));
        assertThat(created().getFirst().get("state").asString()).isEqualTo("open");
        assertThat(repeats().get(0).get("nextOpensAt").asString())
                .isEqualTo(first.plus(Duration.ofDays(28)).toString());
    }

    @Test
    void a_week_that_is_refused_is_noted_and_the_next_one_comes() {
        here.edit(here.coordinator(), "/fee-cap", null, Map.of("flatFen", 0, "perMille", 0));
        service.jdbc()
                .sql("UPDATE group_buy SET fee_per_mille = 10 WHERE id = ?")
                .param(source.id("groupBuyId"))
                .update();

        look(first);
        var refused = repeats().get(0);
        here.edit(here.coordinator(), "/fee-cap", null, Map.of("flatFen", 0, "perMille", 10));
        look(first.plus(Duration.ofDays(7)));

        assertThat(refused.get("lastRefusal").asString()).isEqualTo("fee-over-cap");
        assertThat(opened()).containsExactly(first.plus(Duration.ofDays(7)));
        assertThat(repeats().get(0).has("lastRefusal")).isFalse();
    }

    @Test
    void once_ended_no_more_are_created() {
        var path = "/repeating-group-buys/" + repeat.id("repeatId") + "/ending";

        assertThat(here.post(here.member(UUID.randomUUID()), path, null).problem())
                .isEqualTo("not-your-group-buy");
        assertThat(here.post(here.leader(), path, null).body().has("endedAt")).isTrue();
        look(first);

        assertThat(created()).isEmpty();
        assertThat(here.post(here.leader(), path, null).problem()).isEqualTo("repeat-ended");
    }

    @Test
    void who_lost_the_role_of_a_leader_announces_no_more_until_they_have_it_again() {
        community.dismiss(here.leaderId());

        look(first);
        var refused = repeats().get(0);
        community.appoint(here.leaderId());
        look(first.plus(Duration.ofDays(7)));

        assertThat(refused.get("lastRefusal").asString()).isEqualTo("role-required");
        assertThat(opened()).containsExactly(first.plus(Duration.ofDays(7)));
        assertThat(repeats().get(0).has("lastRefusal")).isFalse();
    }

    @Test
    void while_nobody_says_whether_its_leader_still_may_it_waits() {
        community.server().stubFor(any(anyUrl()).willReturn(serverError()));
        look(first);
        assertThat(created()).isEmpty();
        assertThat(repeats().get(0).get("nextOpensAt").asString()).isEqualTo(first.toString());

        community.recover();
        look(first);

        assertThat(opened()).containsExactly(first);
    }

    @Test
    void who_lost_the_role_still_ends_their_own() {
        var path = "/repeating-group-buys/" + repeat.id("repeatId") + "/ending";

        assertThat(here.post(here.member(here.leaderId()), path, null).body().has("endedAt"))
                .isTrue();
    }

    private void look(Instant at) {
        service.bean(RepeatGroupBuy.class).handle(at).block(Duration.ofSeconds(20));
    }

    private List<JsonNode> created() {
        var all = new ArrayList<JsonNode>();
        for (var found : here.get(here.leader(), "/group-buys").body().get("items")) {
            if (!found.get("groupBuyId").equals(source.body().get("groupBuyId"))) {
                all.add(found);
            }
        }
        return all;
    }

    private List<Instant> opened() {
        return created().stream()
                .map(found -> Instant.parse(found.get("opensAt").asString()))
                .toList();
    }

    private JsonNode repeats() {
        return here.get(here.leader(), "/repeating-group-buys").body().get("items");
    }
}
