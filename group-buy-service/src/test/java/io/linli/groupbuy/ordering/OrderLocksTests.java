package io.linli.groupbuy.ordering;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Unpaid orders are locked in the order of their ids, however they lie in the table and whatever order they are named
/// in; so who locks them one by one in that order and who locks all of them at once never wait for each other.
class OrderLocksTests {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood here = new Neighbourhood(service);
    private UUID groupBuy;
    private UUID low;
    private UUID high;

    @BeforeEach
    void two_unpaid_orders_of_which_the_lower_lies_behind_the_higher_in_table_and_indexes() {
        var created = here.openWith(Map.of("paymentMode", "cash"), item("鸡蛋", 5, 5));
        groupBuy = created.id("groupBuyId");
        var ids = Stream.of(place(created), place(created)).sorted().toList();
        low = ids.getFirst();
        high = ids.getLast();
        here.close(here.leader(), groupBuy);
        service.jdbc()
                .sql(
                        "UPDATE orders SET serial_number = serial_number + 9, pay_by = pay_by + interval '1 s' WHERE id = ?")
                .param(low)
                .update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/decision", "/cancellation", "/cash-payments"})
    void who_locks_them_all_waits_for_the_lower_without_holding_the_higher(String path) throws SQLException {
        try (var other = service.database().connect();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            assertThat(lock(other, low)).isTrue();
            var answer = threads.submit(() -> here.post(here.leader(), "/group-buys/" + groupBuy + path, body(path)));
            var holder = backend(other);
            Await.until("it to wait for the lower order", SOON, () -> somebodyWaitsFor(holder));

            var both = lock(other, high);
            other.commit();

            assertThat(both).as("the higher order is free").isTrue();
            assertThat(answer.get().status()).isEqualTo(200);
        } catch (InterruptedException | java.util.concurrent.ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }

    private Object body(String path) {
        return switch (path) {
            case "/cancellation" -> Map.of("reason", "台风停运");
            case "/cash-payments" ->
                Map.of(
                        "payments",
                        List.of(Map.of("orderId", high, "amountFen", 350), Map.of("orderId", low, "amountFen", 350)));
            default -> null;
        };
    }

    private UUID place(Answer created) {
        return here.place(here.resident(UUID.randomUUID()), groupBuy, line(itemOf(created, 0), 1))
                .id("orderId");
    }

    /// Whether the order was free.
    private static boolean lock(Connection connection, UUID order) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT id FROM orders WHERE id = ? FOR UPDATE SKIP LOCKED")) {
            statement.setObject(1, order);
            return statement.executeQuery().next();
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_backend_pid()");
                var row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static boolean somebodyWaitsFor(int holder) {
        return service.jdbc()
                .sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid)))")
                .param(holder)
                .query(Boolean.class)
                .single();
    }
}
