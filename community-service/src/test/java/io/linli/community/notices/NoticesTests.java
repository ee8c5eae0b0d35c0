package io.linli.community.notices;

import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.community.Neighbourhood.Home;
import io.linli.community.Neighbourhood.Place;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Hears the publishers' own samples.
class NoticesTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood neighbourhood = new Neighbourhood(service);
    private final Home home =
            neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", "13800138000", "resident"));

    @ParameterizedTest
    @CsvSource({
        "group-buy-service, order.placed.v1, orderId",
        "group-buy-service, order.changed.v1, orderId",
        "group-buy-service, order.cancelled.v1, orderId",
        "group-buy-service, order.shortened.v1, orderId",
        "station-service, parcel.ready.v1, parcelId",
        "station-service, parcel.handed-over.v1, parcelId",
        "station-service, parcel.delivered.v1, parcelId",
        "station-service, parcel.failed.v1, parcelId",
        "dispatch-service, task.accepted.v1, taskId",
        "dispatch-service, task.dropped.v1, taskId",
        "dispatch-service, task.delivered.v1, taskId",
        "dispatch-service, task.failed.v1, taskId",
        "dispatch-service, help.answered.v1, requestId"
    })
    void what_happens_to_a_household_is_told_to_it(String publisher, String type, String subject) throws IOException {
        var event = (ObjectNode) sample(publisher, type);
        event.put("householdId", home.household().toString());

        publish(type, event.path(subject).asString(), event);

        var notice = awaitNotices(1).get(0);
        assertThat(notice.path("kind").asString() + ".v1").isEqualTo(type);
        assertThat(notice.path("subjectId")).isEqualTo(event.path(subject));
        notice.path("data")
                .properties()
                .forEach(told -> assertThat(told.getValue()).as(told.getKey()).isEqualTo(event.path(told.getKey())));
    }

    @Test
    void a_task_that_no_volunteer_is_asked_for_any_more_is_told_to_the_coordinators() throws IOException {
        var event = (ObjectNode) sample("dispatch-service", "task.escalated.v1");
        event.put("householdId", home.household().toString());
        var office = neighbourhood.home(home.place(), "101", person("赵主任", "13900139009", "resident", "coordinator"));
        var coordinator = neighbourhood.resident(office, "resident", "coordinator");

        publish("task.escalated.v1", event.path("taskId").asString(), event);

        var notice = Await.untilPresent(
                "the coordinator to be told",
                LIMIT,
                () -> json(get(coordinator, in(home.place().community(), "/notices")))
                        .path("items")
                        .valueStream()
                        .findFirst());
        assertThat(notice.path("kind").asString()).isEqualTo("task.escalated");
        assertThat(notice.path("data").path("reason").asString()).isEqualTo("unsafe");
    }

    @ParameterizedTest
    @CsvSource({"group-buy.formed.v1", "group-buy.failed.v1", "group-buy.cancelled.v1"})
    void the_end_of_a_group_buy_is_told_once_to_each_household_in_it(String type) throws IOException {
        var event = (ObjectNode) sample("group-buy-service", type);
        var order = (ObjectNode) event.path("orders").get(0);
        var mine = event.putArray("orders");
        for (var orders = 0; orders < 2; orders++) {
            mine.add(order.deepCopy()
                    .put("householdId", home.household().toString())
                    .put("orderId", UUID.randomUUID().toString()));
        }
        mine.add(order.deepCopy().put("householdId", UUID.randomUUID().toString()));

        publish(type, event.path("groupBuyId").asString(), event);

        var notice = awaitNotices(1).get(0);
        assertThat(notice.path("data").path("title")).isEqualTo(event.path("title"));
        assertThat(notice.path("data").path("reason")).isEqualTo(event.path("reason"));
        assertThat(notice.path("data").path("orderIds"))
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrder(
                        mine.get(0).path("orderId").asString(),
                        mine.get(1).path("orderId").asString());
    }

    @Test
    void who_only_waited_is_told_once_that_it_is_called_off_and_so_is_who_waited_for_them() throws IOException {
        var son = neighbourhood.home(elsewhere(), "301", person("王明", "13700137000", "resident"));
        var event = (ObjectNode) sample("group-buy-service", "group-buy.cancelled.v1");
        event.putArray("orders");
        var waiting = event.putArray("waiting");
        var mine = waiting.addObject().put("householdId", home.household().toString());
        waiting.add(mine.deepCopy().put("buyerMemberId", son.member().toString()));

        publish("group-buy.cancelled.v1", event.path("groupBuyId").asString(), event);

        var notice = awaitNotices(1).get(0);
        assertThat(notice.path("kind").asString()).isEqualTo("group-buy.cancelled");
        assertThat(notice.path("data").path("reason")).isEqualTo(event.path("reason"));
        assertThat(notice.path("data").path("orderIds")).isEmpty();
        assertThat(told(neighbourhood.resident(son, "resident"))).containsExactly("group-buy.cancelled");
    }

    @Test
    void who_ordered_is_told_once_and_who_waited_for_a_household_that_ordered_is_told_besides() throws IOException {
        var son = neighbourhood.home(elsewhere(), "301", person("王明", "13700137000", "resident"));
        var event = (ObjectNode) sample("group-buy-service", "group-buy.cancelled.v1");
        ((ObjectNode) event.path("orders").get(0))
                .put("householdId", home.household().toString());
        event.putArray("waiting")
                .addObject()
                .put("householdId", home.household().toString())
                .put("buyerMemberId", son.member().toString());

        publish("group-buy.cancelled.v1", event.path("groupBuyId").asString(), event);

        assertThat(awaitNotices(1).get(0).path("data").path("orderIds")).hasSize(1);
        assertThat(told(neighbourhood.resident(son, "resident"))).containsExactly("group-buy.cancelled");
    }

    @Test
    void who_waited_in_vain_is_told_and_so_is_who_waited_for_them() throws IOException {
        var son = neighbourhood.home(elsewhere(), "301", person("王明", "13700137000", "resident"));
        var event = (ObjectNode) sample("group-buy-service", "waitlist.ended.v1");
        var waiting = event.putArray("waiting");
        var mine = waiting.addObject().put("householdId", home.household().toString());
        waiting.add(mine.deepCopy().put("buyerMemberId", son.member().toString()));

        publish("waitlist.ended.v1", event.path("groupBuyId").asString(), event);

        var notice = awaitNotices(1).get(0);
        assertThat(notice.path("kind").asString()).isEqualTo("waitlist.ended");
        assertThat(notice.path("subjectId")).isEqualTo(event.path("groupBuyId"));
        assertThat(notice.path("data").path("title")).isEqualTo(event.path("title"));
        assertThat(told(neighbourhood.resident(son, "resident"))).containsExactly("waitlist.ended");
    }

    @Test
    void who_leads_a_group_buy_for_which_there_is_no_room_is_told_wherever_they_live() throws IOException {
        var leader = neighbourhood.home(elsewhere(), "301", person("王明", "13700137000", "resident", "leader"));
        var event = (ObjectNode) sample("group-buy-service", "group-buy.overbooked.v1");
        event.putArray("leaderIds").add(leader.member().toString());

        publish("group-buy.overbooked.v1", event.path("groupBuyId").asString(), event);

        var theirs = neighbourhood.resident(leader, "resident", "leader");
        Await.until("told", LIMIT, () -> told(theirs).equals(List.of("group-buy.overbooked")));
        var notice = json(get(theirs, in(home.place().community(), "/notices")))
                .path("items")
                .get(0);
        assertThat(notice.has("householdId")).isFalse();
        assertThat(notice.path("data").path("shortages")).isEqualTo(event.path("shortages"));
        assertThat(notice.path("data").path("deliveryDate")).isEqualTo(event.path("deliveryDate"));
        assertThat(told(neighbourhood.resident(home, "resident"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"help.alarmed.v1", "help.escalated.v1"})
    void every_coordinator_is_told_of_help_that_cannot_wait_and_the_household_is_not(String type) throws IOException {
        var first = neighbourhood.home(elsewhere(), "301", person("王明", "13700137000", "resident", "coordinator"));
        var event = sampleFor("dispatch-service", type);

        publish(type, event.path("requestId").asString(), event);

        var theirs = neighbourhood.resident(first, "resident", "coordinator");
        Await.until("told", LIMIT, () -> told(theirs).size() == 1);
        var notice = json(get(theirs, in(home.place().community(), "/notices")))
                .path("items")
                .get(0);
        assertThat(notice.path("kind").asString() + ".v1").isEqualTo(type);
        assertThat(notice.path("subjectId")).isEqualTo(event.path("requestId"));
        assertThat(notice.path("householdId")).isEqualTo(event.path("householdId"));
        notice.path("data")
                .properties()
                .forEach(told -> assertThat(told.getValue()).as(told.getKey()).isEqualTo(event.path(told.getKey())));
        assertThat(told(neighbourhood.resident(home, "resident"))).isEmpty();
    }

    @Test
    void an_event_that_comes_twice_is_told_once() throws IOException {
        var event = (ObjectNode) sample("group-buy-service", "order.placed.v1");
        event.put("householdId", home.household().toString());
        var id = UUID.randomUUID();
        var order = UUID.fromString(event.path("orderId").asString());

        service.events().publish(id, home.place().community(), "order.placed.v1", order, event);
        service.events().publish(id, home.place().community(), "order.placed.v1", order, event);
        publish("order.cancelled.v1", order.toString(), sampleFor("group-buy-service", "order.cancelled.v1"));

        var notices = awaitNotices(2);
        assertThat(notices)
                .extracting(notice -> notice.path("kind").asString())
                .containsExactlyInAnyOrder("order.placed", "order.cancelled");
    }

    @Test
    void notices_come_newest_first_in_pages_and_only_to_the_household() throws IOException {
        for (var count = 1; count <= 3; count++) {
            publish("order.placed.v1", UUID.randomUUID().toString(), sampleFor("group-buy-service", "order.placed.v1"));
            awaitNotices(count);
        }
        var path = in(home.place().community(), "/notices");
        var mine = neighbourhood.resident(home, "resident");

        var all = json(get(mine, path)).path("items");
        var first = json(get(mine, path + "?limit=2"));
        var second =
                json(get(mine, path + "?limit=2&cursor=" + first.path("next").asString()));

        assertThat(all)
                .extracting(notice -> notice.path("id").asString())
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(first.path("items")).containsExactly(all.get(0), all.get(1));
        assertThat(second.path("items")).containsExactly(all.get(2));
        assertThat(second.has("next")).isFalse();
        var neighbour = neighbourhood.home(home.place(), "1202", person("李雷", "13900139000", "resident"));
        assertThat(json(get(neighbourhood.resident(neighbour, "resident"), path))
                        .path("items"))
                .isEmpty();
        assertThat(json(get(neighbourhood.member(home.place(), "keeper"), path)).path("items"))
                .isEmpty();
    }

    /// Story 5: a son orders fish for his parents; he, they and their floor leader are told when it arrives.
    @Test
    void who_ordered_for_a_household_is_told_too_and_its_floor_leader_when_it_arrives() throws IOException {
        var son = neighbourhood.home(elsewhere(), "301", person("王明", "13700137000", "resident"));
        var leader = neighbourhood.home(home.place(), "1203", person("赵芳", "13600136000", "resident", "floor-leader"));
        var placed = sampleFor("group-buy-service", "order.placed.v1")
                .put("orderId", UUID.randomUUID().toString())
                .put("buyerMemberId", son.member().toString());
        var ready = sampleFor("station-service", "parcel.ready.v1");
        ready.putArray("orderIds").add(placed.path("orderId"));
        var own = sampleFor("group-buy-service", "order.shortened.v1");
        own.put("orderId", UUID.randomUUID().toString());

        publish("order.placed.v1", placed.path("orderId").asString(), placed);
        awaitNotices(1);
        publish("parcel.ready.v1", ready.path("parcelId").asString(), ready);
        publish("order.shortened.v1", own.path("orderId").asString(), own);
        awaitNotices(3);

        assertThat(told(neighbourhood.resident(son, "resident"))).containsExactly("parcel.ready", "order.placed");
        assertThat(told(neighbourhood.resident(leader, "resident", "floor-leader")))
                .containsExactly("parcel.ready");
        assertThat(json(get(
                                neighbourhood.resident(son, "resident"),
                                in(home.place().community(), "/notices")))
                        .path("items")
                        .get(0)
                        .path("householdId")
                        .asString())
                .isEqualTo(home.household().toString());
    }

    @Test
    void who_ordered_for_a_household_is_told_that_the_order_changed() throws IOException {
        var son = neighbourhood.home(elsewhere(), "301", person("王明", "13700137000", "resident"));
        var placed = sampleFor("group-buy-service", "order.placed.v1")
                .put("orderId", UUID.randomUUID().toString())
                .put("buyerMemberId", son.member().toString());
        var changed = sampleFor("group-buy-service", "order.changed.v1");
        changed.set("orderId", placed.path("orderId"));

        publish("order.placed.v1", placed.path("orderId").asString(), placed);
        awaitNotices(1);
        publish("order.changed.v1", changed.path("orderId").asString(), changed);

        var notice = awaitNotices(2).get(0);
        assertThat(notice.path("kind").asString()).isEqualTo("order.changed");
        assertThat(notice.path("data").path("amountFen")).isEqualTo(changed.path("amountFen"));
        assertThat(told(neighbourhood.resident(son, "resident"))).containsExactly("order.changed", "order.placed");
    }

    @Test
    void a_floor_leader_is_not_told_of_what_a_household_ordered_itself() throws IOException {
        var leader = neighbourhood.home(home.place(), "1203", person("赵芳", "13600136000", "resident", "floor-leader"));
        var placed = sampleFor("group-buy-service", "order.placed.v1");
        placed.remove("buyerMemberId");
        var ready = sampleFor("station-service", "parcel.ready.v1");
        ready.putArray("orderIds").add(placed.path("orderId"));

        publish("order.placed.v1", placed.path("orderId").asString(), placed);
        awaitNotices(1);
        publish("parcel.ready.v1", ready.path("parcelId").asString(), ready);
        awaitNotices(2);

        assertThat(told(neighbourhood.resident(leader, "resident", "floor-leader")))
                .isEmpty();
    }

    private List<String> told(WebTestClient client) {
        return json(get(client, in(home.place().community(), "/notices")))
                .path("items")
                .valueStream()
                .map(notice -> notice.path("kind").asString())
                .toList();
    }

    /// Another building of the same community.
    private Place elsewhere() {
        var community = home.place().community();
        var building = neighbourhood.building(community, "13 号楼");
        return new Place(community, building, neighbourhood.unit(community, building, "1 单元"));
    }

    @Test
    void a_cursor_of_nowhere_is_refused() {
        var refused =
                get(neighbourhood.resident(home, "resident"), in(home.place().community(), "/notices?cursor=nowhere"));

        assertThat(problem(refused.expectStatus().isBadRequest())).isEqualTo("cursor-invalid");
    }

    private JsonNode awaitNotices(int count) {
        var client = neighbourhood.resident(home, "resident");
        var path = in(home.place().community(), "/notices");
        Await.until(
                count + " notices",
                LIMIT,
                () -> json(get(client, path)).path("items").size() >= count);
        var items = json(get(client, path)).path("items");
        assertThat(items).hasSize(count);
        return items;
    }

    private ObjectNode sampleFor(String publisher, String type) throws IOException {
        return ((ObjectNode) sample(publisher, type))
                .put("householdId", home.household().toString());
    }

    private static JsonNode sample(String publisher, String type) throws IOException {
        return JSON.readTree(Files.readString(Path.of("..", publisher, "src/main/events", type + ".json")));
    }

    private void publish(String type, String subject, JsonNode event) {
        service.events().publish(home.place().community(), type, UUID.fromString(subject), event);
    }
}
