package io.linli.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.client.Answer;
import io.linli.local.client.Api;
import io.linli.local.client.Await;
import io.linli.local.client.Dispatch;
import io.linli.local.client.Dispatch.Proof;
import io.linli.local.client.OnceKnown;
import io.linli.local.client.Person;
import io.linli.local.client.Registry;
import io.linli.local.client.Registry.NewHousehold;
import io.linli.local.client.Registry.NewPerson;
import io.linli.local.client.Station.Parcel;
import io.linli.local.journey.Round.Offer;
import io.linli.local.system.RunningSystem;
import io.linli.local.system.SystemOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Story 6: a 93-year-old who does not use a phone. Her floor leader orders, a volunteer carries it up, she confirms by
/// voice, and in no answer to anybody stands her number.
@ExtendWith(SharedSystem.class)
class WithoutPhoneJourney {

    private static final String HER_PHONE = "13962847153";
    private static final String GRANDSONS_PHONE = "13744190268";
    private static final String FLOOR_LEADERS_PHONE = "13655302971";
    private static final Pattern TOKEN = Pattern.compile("[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,}");

    private final Queue<Answer> heard = new ConcurrentLinkedQueue<>();

    private record Home(UUID household, Person grandson, Person floorLeader) {}

    @Test
    void story_6_what_her_floor_leader_ordered_is_carried_up_and_nobody_saw_her_number(RunningSystem system) {
        var api = new Api(system.gateway(), Duration.ofMinutes(2), heard::add);
        var round = new Round(api);
        var home = moveIn(round, api);
        var order = orderForHer(round, home);

        var parcel = receive(round, order);
        var offer = round.awaitOffer(parcel.parcelId());
        var before = door(round, offer.volunteer(), home);
        var shown = acceptAndLook(round, offer, home);
        var given = tasksCredited(round, offer);
        carryUp(round, offer, parcel);
        round.ask(home.floorLeader(), "POST", "/tasks/" + offer.task().id() + "/confirmation", null);

        round.awaitOrder(
                home.floorLeader(), UUID.fromString(order.get("orderId").asString()), "completed");
        assertThat(before.problem()).isEqualTo("door-closed");
        assertThat(shown.json().get("room").asString()).isEqualTo("松1208");
        assertThat(shown.json().get("phoneMasked").asString())
                .isNotEqualTo(HER_PHONE)
                .contains("*");
        var task = round.ask(home.floorLeader(), "GET", "/tasks/" + offer.task().id(), null)
                .json();
        assertThat(task.get("confirmedBy").asString()).isEqualTo("floor-leader");
        assertThat(task.get("proof").get("kind").asString()).isEqualTo("voice");
        assertThat(tasksCredited(round, offer)).isEqualTo(given + 1);
        assertThat(lookers(round, home)).containsExactly("volunteer");
        Await.untilTrue(
                "the door closed",
                Round.LIMIT,
                () -> door(round, offer.volunteer(), home).problem().equals("door-closed"));
        lookAround(round, home, parcel, order);
        assertHerNumberIsNowhere();
    }

    /// Her grandson lives with her: he reads what her household may read, and never her number either.
    private static Home moveIn(Round round, Api api) {
        var operator = new Person(api, SystemOptions.OPERATOR_PHONE, Clock.systemUTC());
        var registry = new Registry(round.people.community());
        var unit = registry.units(operator).getLast().id();
        var floorLeader = new Person(api, FLOOR_LEADERS_PHONE, Clock.systemUTC());
        var leads = List.of(new NewPerson("司马", FLOOR_LEADERS_PHONE, List.of("resident", "floor-leader")));
        registry.register(operator, new NewHousehold(unit, "松102", 1, 1, leads), round.keys.of("floor leader"));
        var people = List.of(
                new NewPerson("慕容秀英", HER_PHONE, List.of("resident")),
                new NewPerson("慕容小", GRANDSONS_PHONE, List.of("resident")));
        var household = registry.register(
                        operator, new NewHousehold(unit, "松1208", 12, 2, people), round.keys.of("her"))
                .id();
        registry.consentToStation(floorLeader, household, "voice", round.keys.of("consent"));
        registry.cannotTakeStairs(floorLeader, household, round.keys.of("care"));
        return new Home(household, new Person(api, GRANDSONS_PHONE, Clock.systemUTC()), floorLeader);
    }

    private static JsonNode orderForHer(Round round, Home home) {
        var consent = Map.of(
                "householdId", home.household(),
                "buyerMemberId", home.floorLeader().memberships().getFirst().member(),
                "channel", "voice");
        Await.untilTrue(
                "group-buy-service knows where she lives",
                Round.LIMIT,
                () -> round.ask(home.floorLeader(), "POST", "/ordering-consents", consent)
                                .status()
                        == 201);
        var groupBuy = round.open(Round.item("小米", 5));
        var body = Map.of(
                "receiverHouseholdId",
                home.household(),
                "lines",
                List.of(Map.of("itemId", groupBuy.item("小米").itemId(), "quantity", 1)));
        var placed = round.ask(home.floorLeader(), "POST", "/group-buys/" + groupBuy.groupBuyId() + "/orders", body);
        assertThat(placed.status()).as(placed.text()).isEqualTo(201);
        return placed.json();
    }

    private static Parcel receive(Round round, JsonNode order) {
        var groupBuy = UUID.fromString(order.get("groupBuyId").asString());
        var parcels = round.receive(round.groupBuys.get(round.people.leader(), groupBuy));
        assertThat(parcels).singleElement().satisfies(parcel -> {
            assertThat(parcel.state()).isEqualTo("ready");
            assertThat(parcel.doorstep()).as("she cannot take the stairs").isTrue();
        });
        return parcels.getFirst();
    }

    private static Answer acceptAndLook(Round round, Offer offer, Home home) {
        round.ask(offer.volunteer(), "POST", "/tasks/" + offer.task().id() + "/acceptance", null);
        return Await.until(
                "the door open",
                Round.LIMIT,
                () -> java.util.Optional.of(door(round, offer.volunteer(), home))
                        .filter(answer -> answer.status() == 200));
    }

    private static Answer door(Round round, Person who, Home home) {
        return round.ask(who, "GET", "/households/" + home.household() + "/door", null);
    }

    private static void carryUp(Round round, Offer offer, Parcel parcel) {
        var dispatch = new Dispatch(round.people.community());
        var task = offer.task().id();
        OnceKnown.perform(
                "not-your-task",
                () -> round.station.collect(offer.volunteer(), parcel.parcelId(), task, round.keys.of("collect")));
        var voice = new Proof("voice", "她在门后应了一声", null);
        OnceKnown.perform(
                "task-not-collected", () -> dispatch.drop(offer.volunteer(), task, voice, round.keys.of("drop")));
    }

    private static long tasksCredited(Round round, Offer offer) {
        var now = Instant.now();
        var member = java.util.Objects.requireNonNull(offer.task().volunteerId());
        return new Dispatch(round.people.community())
                .hours(offer.volunteer(), member, now.minusSeconds(3_600), now.plusSeconds(60))
                .tasks();
    }

    private static List<String> lookers(Round round, Home home) {
        var path = round.path("/households/" + home.household() + "/reveals");
        return home.grandson().all(path, JsonNode.class).stream()
                .map(reveal -> reveal.get("role").asString())
                .distinct()
                .toList();
    }

    /// What everybody who had to do with it can read of it.
    private static void lookAround(Round round, Home home, Parcel parcel, JsonNode order) {
        var people = round.people;
        var parcelPath = "/parcels/" + parcel.parcelId();
        var orderPath = "/orders/" + order.get("orderId").asString();
        var groupBuy = "/group-buys/" + order.get("groupBuyId").asString();
        var everybody = Stream.concat(
                Stream.of(people.leader(), people.keeper(), people.coordinator(), home.floorLeader(), home.grandson()),
                people.volunteers().stream());
        var paths = List.of(
                parcelPath,
                parcelPath + "/custody",
                orderPath,
                orderPath + "/timeline",
                groupBuy + "/list",
                groupBuy + "/totals",
                "/orders",
                "/parcels",
                "/consignments",
                "/tasks",
                "/notices",
                "/members/me",
                "/households",
                "/households/" + home.household());
        everybody.forEach(person -> paths.forEach(path -> round.ask(person, "GET", path, null)));
        round.ask(people.leader(), "POST", "/household-doors", Map.of("householdIds", List.of(home.household())));
        round.ask(people.leader(), "POST", groupBuy + "/packing-sheets", null);
    }

    private void assertHerNumberIsNowhere() {
        assertThat(heard).hasSizeGreaterThan(100);
        assertThat(heard).anySatisfy(answer -> assertThat(answer.text()).contains("松1208"));
        assertThat(heard).allSatisfy(answer -> {
            assertThat(answer.text()).doesNotContain(HER_PHONE);
            texts(answer).forEach(WithoutPhoneJourney::assertNotHers);
        });
    }

    private static Stream<String> texts(Answer answer) {
        var json = answer.text().startsWith("{") || answer.text().startsWith("[");
        return json ? ShelfLabelJourney.texts(answer.json()) : Stream.of(answer.text());
    }

    /// Masked it shows three digits and four, never six in a row; of a token what it says counts.
    private static void assertNotHers(String text) {
        var said = TOKEN.matcher(text).matches() ? claims(text) : text;
        for (int i = 0; i + 6 <= HER_PHONE.length(); i++) {
            assertThat(said).doesNotContain(HER_PHONE.substring(i, i + 6));
        }
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    }
}
