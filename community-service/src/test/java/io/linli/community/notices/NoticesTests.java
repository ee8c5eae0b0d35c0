package io.linli.community.notices;

import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.community.Neighbourhood.Home;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "group-buy-service, order.cancelled.v1, orderId",
        "station-service, parcel.ready.v1, parcelId",
        "station-service, parcel.handed-over.v1, parcelId",
        "station-service, parcel.delivered.v1, parcelId",
        "station-service, parcel.failed.v1, parcelId",
        "dispatch-service, task.accepted.v1, taskId",
        "dispatch-service, task.dropped.v1, taskId",
        "dispatch-service, task.delivered.v1, taskId",
        "dispatch-service, task.failed.v1, taskId"
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

    @ParameterizedTest
    @CsvSource({"group-buy.formed.v1", "group-buy.failed.v1"})
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
        assertThat(notice.path("data").path("orderIds"))
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrder(
                        mine.get(0).path("orderId").asString(),
                        mine.get(1).path("orderId").asString());
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
