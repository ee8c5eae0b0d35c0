package io.linli.groupbuy.closing;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static io.linli.groupbuy.Neighbourhood.order;
import static io.linli.groupbuy.Neighbourhood.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Closing at the same moment as everything else; afterwards tables and events must agree.
class CloseRaceTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood here = new Neighbourhood(service);

    @Test
    void timers_of_several_replicas_close_a_due_group_buy_once() {
        var timer = service.bean(CloseDueGroupBuys.class);
        var due = new ArrayList<Answer>();
        for (var number = 0; number < 10; number++) {
            var elsewhere = new Neighbourhood(service);
            var created = elsewhere.open(1, item("青菜", 10, 5));
            elsewhere.place(
                    elsewhere.resident(UUID.randomUUID()), created.id("groupBuyId"), line(itemOf(created, 0), 1));
            elsewhere.moveWindow(
                    created.id("groupBuyId"),
                    Instant.now().minusSeconds(60),
                    Instant.now().minusSeconds(1));
            due.add(created);
        }

        together(clients(4, () -> timer.handle(Instant.now()).block(Duration.ofSeconds(20))));
        timer.handle(Instant.now()).block(Duration.ofSeconds(20));

        for (var created : due) {
            var groupBuy = created.id("groupBuyId");
            service.events()
                    .await("group-buy.formed.v1", event -> event.subject().equals(groupBuy));
        }
        Await.until(
                "the outbox to be empty",
                Duration.ofSeconds(15),
                () -> service.jdbc()
                                .sql("SELECT count(*) FROM outbox")
                                .query(Long.class)
                                .single()
                        == 0);
        assertThat(service.events().heard("group-buy.formed.v1"))
                .filteredOn(event -> due.stream()
                        .anyMatch(created -> created.id("groupBuyId").equals(event.subject())))
                .hasSize(10);
    }

    @Test
    void a_due_group_buy_that_somebody_holds_does_not_hold_up_the_others() throws SQLException {
        var timer = service.bean(CloseDueGroupBuys.class);
        var held = dueNow();
        var free = dueNow();

        try (var other = service.database().connect()) {
            other.setAutoCommit(false);
            try (var lock = other.prepareStatement("SELECT id FROM group_buy WHERE id = ? FOR UPDATE")) {
                lock.setObject(1, held);
                lock.executeQuery();
                timer.handle(Instant.now()).block(Duration.ofSeconds(20));
                assertThat(state(held)).isEqualTo("open");
                assertThat(state(free)).isEqualTo("failed");
            }
            other.rollback();
        }
        timer.handle(Instant.now()).block(Duration.ofSeconds(20));

        assertThat(state(held)).isEqualTo("failed");
    }

    @Test
    void an_order_cancelled_while_the_group_buy_closes_is_cancelled_or_confirmed_never_both() {
        for (var round = 0; round < 5; round++) {
            var created = here.open(1, item("青菜", 100, 5));
            var groupBuy = created.id("groupBuyId");
            var clients = new ArrayList<Callable<Answer>>();
            for (var number = 0; number < 20; number++) {
                var household = UUID.randomUUID();
                var placed = here.place(here.resident(household), groupBuy, line(itemOf(created, 0), 1));
                var path = "/orders/" + placed.id("orderId") + "/cancellation";
                clients.add(() -> here.postUntilDefinite(here.resident(household), "cancel", path, null));
            }
            clients.add(10, () -> close(groupBuy));

            var answers = together(clients);

            var cancelled = answers.stream()
                    .filter(answer -> answer.body().path("state").asString("").equals("cancelled"))
                    .count();
            assertThat(number("SELECT count(*) FROM orders WHERE group_buy_id = ? AND state = 'cancelled'", groupBuy))
                    .isEqualTo(cancelled);
            assertThat(number("SELECT sold FROM item WHERE group_buy_id = ?", groupBuy))
                    .isEqualTo(20 - cancelled);
            assertThat(number("SELECT participants FROM group_buy WHERE id = ?", groupBuy))
                    .isEqualTo(20 - cancelled);
            assertThat(ordersTold(groupBuy)).isEqualTo(ordersLeft(groupBuy)).hasSize((int) (20 - cancelled));
        }
    }

    @Test
    void every_order_accepted_while_the_group_buy_closes_is_in_what_formed() {
        for (var round = 0; round < 5; round++) {
            var created = here.open(1, item("青菜", 100, 5));
            var groupBuy = created.id("groupBuyId");
            var body = order(line(itemOf(created, 0), 1));
            var clients = new ArrayList<Callable<Answer>>();
            for (var number = 0; number < 30; number++) {
                var token = here.resident(UUID.randomUUID());
                clients.add(() -> here.postUntilDefinite(token, "place", "/group-buys/" + groupBuy + "/orders", body));
            }
            clients.add(15, () -> close(groupBuy));

            var answers = together(clients);

            var accepted = new HashSet<UUID>();
            for (var answer : answers) {
                if (answer.status() == 201) {
                    accepted.add(answer.id("orderId"));
                } else if (answer.status() != 200) {
                    assertThat(answer.problem()).isEqualTo("window-closed");
                }
            }
            assertThat(ordersTold(groupBuy)).isEqualTo(accepted);
            assertThat(number("SELECT count(*) FROM orders WHERE group_buy_id = ? AND state = 'placed'", groupBuy))
                    .isZero();
        }
    }

    private UUID dueNow() {
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");
        here.moveWindow(groupBuy, Instant.now().minusSeconds(60), Instant.now().minusSeconds(1));
        return groupBuy;
    }

    private static String state(UUID groupBuy) {
        return service.jdbc()
                .sql("SELECT state FROM group_buy WHERE id = ?")
                .param(groupBuy)
                .query(String.class)
                .single();
    }

    private Answer close(UUID groupBuy) {
        return here.postUntilDefinite(
                here.leader(), UUID.randomUUID().toString(), "/group-buys/" + groupBuy + "/closing", null);
    }

    private static Set<UUID> ordersTold(UUID groupBuy) {
        var event = Await.untilPresent(
                "the end of " + groupBuy,
                Duration.ofSeconds(15),
                () -> service.events().heard().stream()
                        .filter(heard -> heard.type().matches("group-buy\\.(formed|failed)\\.v1"))
                        .filter(heard -> heard.subject().equals(groupBuy))
                        .findFirst());
        var orders = new HashSet<UUID>();
        event.data()
                .get("orders")
                .forEach(
                        order -> orders.add(UUID.fromString(order.get("orderId").asString())));
        return orders;
    }

    private static Set<UUID> ordersLeft(UUID groupBuy) {
        return new HashSet<>(service.jdbc()
                .sql("SELECT id FROM orders WHERE group_buy_id = ? AND state IN ('confirmed', 'failed')")
                .param(groupBuy)
                .query(UUID.class)
                .list());
    }

    private static <T> List<Callable<T>> clients(int count, Callable<T> client) {
        return java.util.Collections.nCopies(count, client);
    }

    private static long number(String sql, UUID id) {
        return service.jdbc().sql(sql).param(id).query(Long.class).single();
    }
}
