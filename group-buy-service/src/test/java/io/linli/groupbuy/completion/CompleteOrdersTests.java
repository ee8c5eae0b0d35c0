package io.linli.groupbuy.completion;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CompleteOrdersTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final UUID household = UUID.randomUUID();
    private Neighbourhood here;
    private Answer created;

    @BeforeEach
    void with_an_open_group_buy() {
        here = new Neighbourhood(service);
        created = here.open(1, item("青菜", 10, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parcel.handed-over.v1", "parcel.delivered.v1"})
    void a_parcel_received_completes_all_orders_in_it(String type) {
        var first = place();
        var second = place();
        close();

        hear(UUID.randomUUID(), type, first, second);

        awaitState(first, "completed");
        awaitState(second, "completed");
    }

    @Test
    void a_parcel_failed_fails_its_orders() {
        var order = place();
        close();

        hear(UUID.randomUUID(), "parcel.failed.v1", order);

        awaitState(order, "failed");
    }

    @Test
    void what_is_final_stays_whatever_is_heard_late_or_twice() {
        var order = place();
        close();
        var event = UUID.randomUUID();
        hear(event, "parcel.handed-over.v1", order);
        awaitState(order, "completed");
        var written = writer(order);

        hear(event, "parcel.handed-over.v1", order);
        hear(UUID.randomUUID(), "parcel.delivered.v1", order);
        var late = hear(UUID.randomUUID(), "parcel.failed.v1", order);

        awaitHandled(late);
        assertThat(state(order)).isEqualTo("completed");
        assertThat(writer(order)).isEqualTo(written);
    }

    @Test
    void a_parcel_that_comes_before_the_close_waits_for_it() {
        var order = place();
        var early = hear(UUID.randomUUID(), "parcel.delivered.v1", order);
        Await.until(
                "the event to wait", Duration.ofSeconds(15), () -> inbox(early).contains("waiting"));

        close();

        awaitState(order, "completed");
    }

    @Test
    void orders_of_another_community_are_not_touched() {
        var order = place();
        close();
        var elsewhere = new Neighbourhood(service);

        var event = service.events()
                .publish(elsewhere.community(), "parcel.handed-over.v1", UUID.randomUUID(), parcel(List.of(order)));

        Await.until(
                "the event to be tried",
                Duration.ofSeconds(15),
                () -> !inbox(event).isEmpty());
        assertThat(inbox(event)).doesNotContain("done");
        assertThat(state(order)).isEqualTo("confirmed");
    }

    private UUID hear(UUID event, String type, Answer... orders) {
        service.events().publish(event, here.community(), type, UUID.randomUUID(), parcel(type, List.of(orders)));
        return event;
    }

    private Map<String, Object> parcel(List<Answer> orders) {
        return parcel("parcel.handed-over.v1", orders);
    }

    /// The publisher's own sample with our ids.
    private Map<String, Object> parcel(String type, List<Answer> orders) {
        var sample = sample(type);
        sample.put("groupBuyId", created.id("groupBuyId").toString());
        sample.put("householdId", household.toString());
        var ids = sample.putArray("orderIds");
        orders.forEach(order -> ids.add(order.id("orderId").toString()));
        return JSON.convertValue(sample, Map.class);
    }

    private static ObjectNode sample(String type) {
        try {
            return (ObjectNode)
                    JSON.readTree(Files.readString(Path.of("../station-service/src/main/events", type + ".json")));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private Answer place() {
        return here.place(here.resident(household), created.id("groupBuyId"), line(itemOf(created, 0), 1));
    }

    private void close() {
        here.close(here.leader(), created.id("groupBuyId"));
    }

    private void awaitState(Answer order, String state) {
        Await.untilAsserted(
                Duration.ofSeconds(15), () -> assertThat(state(order)).isEqualTo(state));
    }

    private String state(Answer order) {
        return here.get(here.resident(household), "/orders/" + order.id("orderId"))
                .body()
                .get("state")
                .asString();
    }

    /// The transaction that wrote the row last.
    private static String writer(Answer order) {
        return service.jdbc()
                .sql("SELECT xmin::text FROM orders WHERE id = ?")
                .param(order.id("orderId"))
                .query(String.class)
                .single();
    }

    private static List<String> inbox(UUID event) {
        return service.jdbc()
                .sql("SELECT state FROM inbox WHERE event_id = ?")
                .param(event)
                .query(String.class)
                .list();
    }

    private static void awaitHandled(UUID event) {
        Await.until(
                "the event to be handled",
                Duration.ofSeconds(15),
                () -> inbox(event).contains("done"));
    }
}
