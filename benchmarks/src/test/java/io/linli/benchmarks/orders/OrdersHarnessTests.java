package io.linli.benchmarks.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.benchmarks.host.Database;
import io.linli.benchmarks.load.Load;
import io.linli.benchmarks.load.LoadClient;
import io.linli.benchmarks.load.Traffic;
import io.linli.benchmarks.orders.OrderTraffic.Shape;
import io.linli.benchmarks.plain.PlainApplication;
import io.linli.groupbuy.GroupBuyApplication;
import io.linli.kit.ServiceKit;
import io.linli.kit.testing.ServiceUnderTest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ConfigurableApplicationContext;

/// The parts of the bench against the real service and schema: a schema that moves on is noticed here.
class OrdersHarnessTests {
    private static final Village.Size SIZE = new Village.Size(2, 5, 2, 10, 3);

    /// With time to answer on a busy machine: an uncertain 503 would leave open how many orders there are.
    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(GroupBuyApplication.class, "group-buy-service")
            .with("linli.groupbuy.sheets.key", Base64.getEncoder().encodeToString(new byte[32]))
            .with("spring.cloud.gateway.server.webflux.enabled", "false")
            .with("spring.cloud.gateway.enabled", "false")
            .with("spring.cloud.discovery.enabled", "false")
            .with("linli.groupbuy.desk.answer-max", "30s")
            .with("linli.database.acquire-timeout", "30s")
            .with("linli.database.statement-timeout", "30s")
            .with("linli.database.transaction-timeout", "30s")
            .with("linli.jwks-timeout", "30s");

    private static @Nullable ConfigurableApplicationContext plain;

    private Village village;
    private Database database;

    @BeforeEach
    void settle() {
        var made = service.database();
        database = new Database(made.host(), made.port(), made.name(), made.username(), made.password());
        village = Village.settle(URI.create(service.baseUrl()), service.tokens(), SIZE);
    }

    /// The first so many of another traffic.
    private record First(int[] left, Traffic of) implements Traffic {
        @Override
        public void next(ByteBuffer request) {
            left[0]--;
            of.next(request);
        }

        @Override
        public boolean isOver() {
            return left[0] == 0;
        }
    }

    private Load place(String target, int orders, Shape shape, int soldOutPerMille) {
        var tokens = new ResidentTokens(village, service.tokens());
        tokens.renew();
        var traffic = new First(new int[] {orders}, new OrderTraffic(village, tokens, shape, soldOutPerMille));
        return new LoadClient(URI.create(target)).run(4, traffic, Duration.ZERO, Duration.ofMinutes(1));
    }

    private TableCheck.Findings check(long accepted) {
        return new TableCheck(database, village.groupBuys()).check(accepted, 0);
    }

    @Test
    void orders_of_the_client_are_in_the_tables_and_nothing_is_oversold() {
        var spread = place(service.baseUrl(), 60, Shape.SPREAD, 500);
        var hot = place(service.baseUrl(), 20, Shape.HOT, 0);

        assertThat(spread.answeredInAll()).containsOnlyKeys(201, 409);
        assertThat(hot.answeredInAll(201)).as("%s", hot.samples()).isEqualTo(20);
        assertThat(check(spread.answeredInAll(201) + 20).wrong()).isEmpty();
    }

    @Test
    void the_call_of_pgbench_and_the_plain_handler_write_what_the_service_writes() {
        Pgbench.load(database, village);
        for (int i = 0; i < 5; i++) {
            service.database()
                    .jdbcAsApplication()
                    .sql("SELECT bench.place_order(3, 1, 0, 4)")
                    .query()
                    .singleRow();
        }
        int plain = placePlain(10);

        assertThat(plain).isEqualTo(10);
        assertThat(check(15).wrong()).isEmpty();
        assertThat(database.number("SELECT count(*) FROM idempotency WHERE answer LIKE '%\"serialNumber\":%'"))
                .isGreaterThanOrEqualTo(15);
    }

    private int placePlain(int orders) {
        var settings = new LinkedHashMap<>(service.database().properties());
        settings.put("server.port", "0");
        settings.put("linli.jwks-url", service.tokens().jwksUrl());
        settings.put("linli.rabbitmq.url", service.context().getEnvironment().getProperty("linli.rabbitmq.url"));
        var arguments = PlainApplication.arguments(settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
        plain = ServiceKit.run(PlainApplication.class, "plain", arguments);
        var address = "http://127.0.0.1:" + plain.getEnvironment().getProperty("local.server.port");
        var load = place(address, orders, Shape.SPREAD, 0);
        assertThat(load.samples()).isEmpty();
        return (int) load.answeredInAll(201);
    }

    /// Not before the last test: a context that closes takes the event loops of this JVM with it.
    @AfterAll
    static void stopPlain() {
        if (plain != null) {
            plain.close();
        }
    }

    @Test
    void a_planted_oversell_is_found() {
        place(service.baseUrl(), 10, Shape.HOT, 0);
        var hot = village.communities().getFirst().offers().getFirst().items().getFirst();
        assertThat(check(10).oversold()).isZero();

        database.execute("UPDATE item SET stock = 9, sold = 9 WHERE id = '" + hot + "'");

        assertThat(check(10).oversold()).isEqualTo(1);
        assertThat(check(10).wrong()).singleElement().asString().contains(hot.toString());
    }

    @Test
    void a_planted_gap_a_taken_limit_and_a_lost_order_are_found() {
        place(service.baseUrl(), 10, Shape.HOT, 0);
        var groupBuy = village.groupBuys().getFirst();

        database.execute("UPDATE group_buy SET last_serial = 11 WHERE id = '" + groupBuy + "'");
        assertThat(check(10).wrong()).singleElement().asString().contains("last one 11");
        database.execute("UPDATE group_buy SET last_serial = 10 WHERE id = '" + groupBuy + "'");

        assertThat(check(11).wrong()).singleElement().asString().startsWith("10 orders are stored, 11");

        var item = village.communities().getFirst().offers().getFirst().items().getFirst();
        database.execute("DELETE FROM household_take WHERE ctid IN (SELECT ctid FROM household_take WHERE item_id = '"
                + item + "' LIMIT 1)");
        assertThat(check(10).oversold()).isEqualTo(1);
    }

    @Test
    void stored_orders_are_complete_and_every_index_and_constraint_is_back() {
        place(service.baseUrl(), 1, Shape.SPREAD, 0);
        Pgbench.load(database, village);
        var before = shape();

        new StoredOrders(database, 10_000, SIZE.items()).generate();

        assertThat(shape()).isEqualTo(before);
        assertThat(database.number("SELECT count(*) FROM orders")).isEqualTo(10_000);
        assertThat(database.number("SELECT count(*) FROM order_line")).isEqualTo(20_000);
        assertThat(database.number("SELECT sum(taken) FROM household_take")).isEqualTo(20_000);
        village = Village.settle(URI.create(service.baseUrl()), service.tokens(), SIZE);
        assertThat(place(service.baseUrl(), 5, Shape.SPREAD, 0).answeredInAll(201))
                .isEqualTo(5);
        assertThat(check(5).wrong()).isEmpty();
    }

    /// All indexes and constraints of the schema, as text.
    private String shape() {
        return database.text("""
                SELECT string_agg(it, E'\\n' ORDER BY it) FROM (
                    SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indexrelid
                     WHERE c.relnamespace = 'public'::regnamespace
                    UNION ALL
                    SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                     WHERE connamespace = 'public'::regnamespace) AS all_of_them (it)""");
    }

    @Test
    void orders_for_a_closing_have_ten_lines_for_every_three() {
        var tokens = new ResidentTokens(village, service.tokens());
        tokens.renew();
        var target = new LoadClient(URI.create(service.baseUrl()));

        var load = target.run(4, new OnceEach(village, tokens, 1, 5), Duration.ZERO, Duration.ofMinutes(1));

        assertThat(load.answeredInAll(201)).as("%s", load.samples()).isEqualTo(5);
        UUID groupBuy = village.communities().getFirst().offers().get(1).id();
        assertThat(database.number("SELECT count(*) FROM order_line l JOIN orders o ON o.id = l.order_id"
                        + " WHERE o.group_buy_id = '" + groupBuy + "'"))
                .isEqualTo(4 + 3 + 3 + 4 + 3);
    }
}
