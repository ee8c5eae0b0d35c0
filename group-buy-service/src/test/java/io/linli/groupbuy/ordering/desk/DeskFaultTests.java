package io.linli.groupbuy.ordering.desk;

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
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The desk when somebody goes away, something poisonous is asked, or too many come.
class DeskFaultTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.desk.waiting-max", "20")
            .with("linli.groupbuy.desk.batch-max", "8");

    private Neighbourhood here;

    @BeforeEach
    void in_a_community_of_its_own() {
        here = new Neighbourhood(service);
    }

    @Test
    void beyond_the_queue_orders_are_told_to_come_back_and_none_is_half_placed() {
        var created = here.open(1, item("鸡蛋", 1000, 1));
        var groupBuy = created.id("groupBuyId");

        var answers = whileLocked(groupBuy, 60, () -> placeOne(created));

        assertThat(answers).extracting(Answer::status).contains(429).containsAnyOf(201, 503);
        assertThat(answers).filteredOn(answer -> answer.status() == 429).allSatisfy(answer -> {
            assertThat(answer.problem()).isEqualTo("desk-busy");
            assertThat(answer.headers().getFirst("Retry-After")).isEqualTo("1");
        });
        Await.untilAsserted(
                Duration.ofSeconds(20), () -> assertThat(placed(groupBuy)).isEqualTo(sold(groupBuy)));
        assertThat(answers.stream().filter(answer -> answer.status() == 201).count())
                .isLessThanOrEqualTo(placed(groupBuy));
    }

    @Test
    void when_the_database_does_not_answer_the_caller_hears_503_within_two_seconds_and_may_try_again() {
        var created = here.open(1, item("鸡蛋", 10, 1));
        var groupBuy = created.id("groupBuyId");
        var token = here.resident(UUID.randomUUID());
        var begun = Instant.now();

        var answers = whileLocked(
                groupBuy,
                1,
                () -> here.post(
                        token, "once", "/group-buys/" + groupBuy + "/orders", order(line(itemOf(created, 0), 1))));
        var waited = Duration.between(begun, Instant.now());
        var again = here.postUntilDefinite(
                token, "once", "/group-buys/" + groupBuy + "/orders", order(line(itemOf(created, 0), 1)));

        assertThat(answers.getFirst().status()).isEqualTo(503);
        assertThat(answers.getFirst().headers().getFirst("Retry-After")).isNotNull();
        assertThat(waited).isLessThan(Duration.ofSeconds(4));
        assertThat(again.status()).isEqualTo(201);
        assertThat(placed(groupBuy)).isEqualTo(1);
    }

    @Test
    void a_poisoned_order_fails_alone() {
        var created = here.open(1, item("鸡蛋", 100, 9));
        var groupBuy = created.id("groupBuyId");
        service.jdbc().sql("""
                        CREATE OR REPLACE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            IF NEW.display_name = 'poison' THEN RAISE EXCEPTION 'poison' USING ERRCODE = '22023'; END IF;
                            RETURN NEW;
                        END $$""").update();
        service.jdbc()
                .sql("CREATE TRIGGER poison BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse_poison()")
                .update();
        var clients = new ArrayList<Callable<Answer>>();
        for (var number = 0; number < 16; number++) {
            clients.add(number == 5 ? () -> placePoison(created) : () -> placeOne(created));
        }

        var answers = together(clients);

        service.jdbc().sql("DROP TRIGGER poison ON orders").update();
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(15);
        assertThat(answers.get(5).status()).isEqualTo(400);
        assertThat(placed(groupBuy)).isEqualTo(15);
        assertThat(sold(groupBuy)).isEqualTo(15);
    }

    /// r2dbc-pool issues 143, 144, 198: a client that goes away leaves no connection behind, and undoes nothing.
    @Test
    void hundreds_of_clients_that_go_away_leave_nothing_behind() throws Exception {
        var created = here.open(1, item("鸡蛋", 100_000, 9));
        var groupBuy = created.id("groupBuyId");
        var sent = new AtomicInteger();
        var clients = new ArrayList<Callable<Boolean>>();
        for (var number = 0; number < 300; number++) {
            clients.add(() -> sendAndGo(created, sent));
        }

        together(clients);

        Await.untilAsserted(Duration.ofSeconds(20), () -> {
            assertThat(number("""
                            SELECT count(*) FROM pg_stat_activity
                             WHERE datname = current_database() AND state LIKE 'idle in transaction%'""")).isZero();
            assertThat(placed(groupBuy)).isEqualTo(sold(groupBuy));
            assertThat(placeOne(created).status()).isEqualTo(201);
        });
    }

    private boolean sendAndGo(Answer created, AtomicInteger sent) throws Exception {
        var body = "{\"lines\":[{\"itemId\":\"" + itemOf(created, 0) + "\",\"quantity\":1}]}";
        var address = URI.create(service.baseUrl());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            var request = """
                    POST /v1/communities/%s/group-buys/%s/orders HTTP/1.1\r
                    Host: linli\r
                    Authorization: Bearer %s\r
                    Idempotency-Key: gone-%d\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    %s""".formatted(
                            here.community(),
                            created.id("groupBuyId"),
                            here.resident(UUID.randomUUID()),
                            sent.incrementAndGet(),
                            body.length(),
                            body);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return true;
        }
    }

    /// Runs the clients together while somebody else holds the group buy, and lets go when they have their answers.
    private List<Answer> whileLocked(UUID groupBuy, int count, Callable<Answer> client) {
        try (var other = service.database().connect();
                var lock = other.prepareStatement("SELECT 1 FROM group_buy WHERE id = ? FOR UPDATE")) {
            other.setAutoCommit(false);
            lock.setObject(1, groupBuy);
            lock.execute();
            return together(java.util.Collections.nCopies(count, client));
        } catch (java.sql.SQLException failed) {
            throw new IllegalStateException("holding the group buy", failed);
        }
    }

    private Answer placeOne(Answer created) {
        return here.place(here.resident(UUID.randomUUID()), created.id("groupBuyId"), line(itemOf(created, 0), 1));
    }

    private Answer placePoison(Answer created) {
        var token = service.tokens()
                .token(UUID.randomUUID())
                .member(here.community(), UUID.randomUUID())
                .household(UUID.randomUUID())
                .display("poison")
                .roles("resident")
                .sign();
        return here.place(token, created.id("groupBuyId"), line(itemOf(created, 0), 1));
    }

    private static long placed(UUID groupBuy) {
        return number("SELECT count(*) FROM orders WHERE group_buy_id = '%s'".formatted(groupBuy));
    }

    private static long sold(UUID groupBuy) {
        return number("SELECT sum(sold) FROM item WHERE group_buy_id = '%s'".formatted(groupBuy));
    }

    private static long number(String sql) {
        return service.jdbc().sql(sql).query(Long.class).single();
    }
}
