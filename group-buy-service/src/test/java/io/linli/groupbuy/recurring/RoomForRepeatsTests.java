package io.linli.groupbuy.recurring;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.linli.groupbuy.Neighbourhood.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.linli.groupbuy.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A group buy that comes again asks for room like every other, though nobody is there to be refused.
class RoomForRepeatsTests {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final Rendezvous rendezvous = new Rendezvous();

    @RegisterExtension
    static final WireMockExtension others = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().extensions(rendezvous))
            .build();

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.capacity.station-url", others::baseUrl)
            .with("linli.groupbuy.capacity.dispatch-url", others::baseUrl)
            .with("linli.groupbuy.capacity.timeout-millis", "20000");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Weekly weekly = new Weekly(now.atZone(ZONE).getDayOfWeek().plus(3), LocalTime.of(18, 0), ZONE);
    private final Instant first = weekly.on(weekly.firstFrom(now));
    private final Set<String> sources = new HashSet<>();
    private Neighbourhood here;

    @BeforeEach
    void every_week_in_three_days_with_a_day_of_delivery() {
        service.bean(CircuitBreakerRegistry.class).getAllCircuitBreakers().forEach(CircuitBreaker::reset);
        rendezvous.reset();
        here = new Neighbourhood(service);
        volunteersCarry(5000);
        shelvesHave(1000);
        repeat(Neighbourhood.day(now));
    }

    /// Half a litre and half a kilogram each, twenty of them.
    private void repeat(LocalDate deliveredOn) {
        var body = here.newGroupBuy(1, now.minusSeconds(60), now.plus(Duration.ofDays(1)), item("青菜", 20, 5));
        body.put("conditions", Map.of("deliveryDate", deliveredOn.toString()));
        body.put("coLeaderIds", List.of(UUID.randomUUID()));
        var source = here.post(here.leader(), "/group-buys", body).id("groupBuyId");
        sources.add(source.toString());
        here.post(
                here.leader(),
                "/repeating-group-buys",
                Map.of(
                        "groupBuyId",
                        source,
                        "weekday",
                        weekly.weekday().name().toLowerCase(Locale.ROOT),
                        "localTime",
                        "18:00"));
    }

    @Test
    void what_fits_was_checked_for_its_own_day() {
        shelvesHave(10);

        look();

        assertThat(created().get("capacityUnchecked").asBoolean()).isFalse();
        var day = created().get("conditions").get("deliveryDate").asString();
        others.verify(getRequestedFor(urlPathEqualTo("/internal/communities/" + here.community() + "/shelves/space"))
                .withoutHeader("Authorization")
                .withQueryParam(
                        "at",
                        equalTo(LocalDate.parse(day)
                                .atStartOfDay(ZONE)
                                .toInstant()
                                .toString())));
        assertThat(service.events().heard("group-buy.overbooked.v1"))
                .noneMatch(event -> event.community().equals(here.community()));
    }

    @Test
    void what_does_not_fit_comes_all_the_same_and_its_leaders_are_told() throws IOException {
        shelvesHave(9);

        look();

        var copy = created();
        assertThat(copy.get("capacityUnchecked").asBoolean()).isTrue();
        assertThat(copy.get("state").asString()).isEqualTo("scheduled");
        var told = service.events()
                .await("group-buy.overbooked.v1", event -> event.community().equals(here.community()))
                .data();
        assertThat(told.get("groupBuyId")).isEqualTo(copy.get("groupBuyId"));
        assertThat(told.get("deliveryDate")).isEqualTo(copy.get("conditions").get("deliveryDate"));
        assertThat(told.get("leaderIds")).hasSize(2);
        assertThat(told.get("leaderIds").get(0).asString())
                .isEqualTo(here.leaderId().toString());
        assertThat(told.get("shortages").get(0).get("needed").asInt()).isEqualTo(10);
        assertThat(told.get("shortages").get(0).get("free").asInt()).isEqualTo(9);
        assertThat(shape(told)).isEqualTo(shape(sample()));
    }

    @Test
    void while_nobody_answers_it_comes_unchecked() {
        others.stubFor(get(urlPathMatching(".*/shelves/space")).willReturn(serverError()));

        look();

        assertThat(created().get("capacityUnchecked").asBoolean()).isTrue();
    }

    @Test
    void two_of_one_day_do_not_take_the_same_room() {
        repeat(Neighbourhood.day(now));
        shelvesHave(15, "rendezvous");

        look();

        assertThat(rendezvous.mostAtOnce()).isEqualTo(1);
        assertThat(allCreated())
                .extracting(copy -> copy.get("capacityUnchecked").asBoolean())
                .containsExactlyInAnyOrder(false, true);
    }

    @Test
    void for_two_days_room_is_asked_for_at_once() {
        repeat(Neighbourhood.day(now).plusDays(1));
        rendezvous.awaitTwo();
        shelvesHave(15, "rendezvous");

        look();

        assertThat(rendezvous.mostAtOnce()).isEqualTo(2);
        assertThat(allCreated())
                .extracting(copy -> copy.get("capacityUnchecked").asBoolean())
                .containsExactly(false, false);
    }

    private void look() {
        service.bean(RepeatGroupBuy.class).handle(first.minusSeconds(3600)).block(Duration.ofSeconds(60));
    }

    private JsonNode created() {
        return allCreated().getFirst();
    }

    private List<JsonNode> allCreated() {
        return here.get(here.leader(), "/group-buys")
                .body()
                .get("items")
                .valueStream()
                .map(found -> found.get("groupBuyId").asString())
                .filter(id -> !sources.contains(id))
                .map(id -> here.get(here.leader(), "/group-buys/" + id).body())
                .toList();
    }

    private static void shelvesHave(long litres, String... transformers) {
        others.stubFor(get(urlPathMatching(".*/shelves/space"))
                .willReturn(okJson("{\"ambientLitres\": %d, \"chilledLitres\": 0}".formatted(litres))
                        .withTransformers(transformers)));
    }

    private static void volunteersCarry(long grams) {
        others.stubFor(get(urlPathMatching(".*/shifts/capacity")).willReturn(okJson("{\"grams\": " + grams + "}")));
    }

    /// Counts who is there at the same time; told so, nobody is answered before a second one has come.
    private static final class Rendezvous implements ResponseDefinitionTransformerV2 {
        private final AtomicInteger there = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private volatile CountDownLatch awaited = new CountDownLatch(0);

        void reset() {
            most.set(0);
            awaited = new CountDownLatch(0);
        }

        void awaitTwo() {
            awaited = new CountDownLatch(2);
        }

        int mostAtOnce() {
            return most.get();
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            var here = there.incrementAndGet();
            most.accumulateAndGet(here, Math::max);
            awaited.countDown();
            try {
                awaited.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                there.decrementAndGet();
            }
            return event.getResponseDefinition();
        }

        @Override
        public String getName() {
            return "rendezvous";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }

    private static JsonNode sample() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(Path.of("src/main/events", "group-buy.overbooked.v1.json")));
    }

    private static Map<String, String> shape(JsonNode event) {
        var shape = new TreeMap<String, String>();
        event.properties()
                .forEach(field ->
                        shape.put(field.getKey(), field.getValue().getNodeType().name()));
        return shape;
    }
}
