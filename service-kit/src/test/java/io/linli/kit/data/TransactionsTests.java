package io.linli.kit.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.sample.Note;
import io.linli.kit.sample.Notes;
import io.linli.kit.sample.SampleApplication;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.FaultProxy;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.TestServers;
import io.r2dbc.pool.PoolMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class TransactionsTests {

    private static final FaultProxy database =
            FaultProxy.to(TestServers.get().postgresHost(), TestServers.get().postgresPort());
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration HEALED_MAX = Duration.ofSeconds(40);

    @RegisterExtension
    static final ServiceUnderTest service = SampleApplication.underTest()
            .with("linli.database.port", () -> Integer.toString(database.port()))
            .with("linli.database.statement-timeout", "1500ms")
            .with("linli.database.lock-timeout", "500ms")
            .with("linli.database.acquire-timeout", "1s")
            .with("linli.database.transaction-timeout", "2s")
            .with("linli.database.watchdog-interval", "500ms");

    private final Transactions transactions = service.bean(Transactions.class);
    private final Notes notes = service.bean(Notes.class);
    private final UUID community = UUID.randomUUID();
    private final String token = service.tokens().member(community, UUID.randomUUID(), "resident");

    @AfterEach
    void heal() {
        database.pass();
        Await.until("the service to work", HEALED_MAX, () -> count().equals(200));
    }

    private Note write(String text) {
        return transactions.in(community, () -> notes.write(community, text)).block(LIMIT);
    }

    private Integer count() {
        return service.client(token)
                .get()
                .uri("/v1/communities/{c}/notes/count", community)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private WebTestClient.ResponseSpec put(UUID noteId, String key) {
        return service.client(token)
                .put()
                .uri("/v1/communities/{c}/notes/{n}", community, noteId)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"text\": \"changed\"}")
                .exchange();
    }

    @Test
    void a_thousand_cancelled_requests_leave_no_connection_behind() {
        var random = new Random(42);
        var http = WebClient.builder()
                .baseUrl(service.baseUrl())
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .build();

        Flux.range(0, 1_000)
                .flatMap(
                        number -> (number % 2 == 0 ? slowCount(http) : slowWrite(http, number))
                                .timeout(Duration.ofMillis(random.nextInt(60)))
                                .onErrorComplete(),
                        64)
                .blockLast(Duration.ofSeconds(60));

        Await.until("all connections to be given back", LIMIT, () -> acquired() == 0);
        Await.until("no connection to be idle in transaction", LIMIT, () -> idleInTransaction() == 0);
        assertThat(count()).isEqualTo(200);
    }

    private Mono<Void> slowCount(WebClient http) {
        return http.get()
                .uri("/v1/communities/{c}/notes/count?millis=30", community)
                .retrieve()
                .bodyToMono(Void.class);
    }

    private Mono<Void> slowWrite(WebClient http, int number) {
        return http.post()
                .uri("/v1/communities/{c}/notes", community)
                .header("Idempotency-Key", "cancelled-" + number)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"text\": \"note %d\"}".formatted(number))
                .retrieve()
                .bodyToMono(Void.class);
    }

    private int acquired() {
        return service.bean(RebuildingPool.class)
                .metrics()
                .map(PoolMetrics::acquiredSize)
                .orElse(0);
    }

    private long idleInTransaction() {
        return service.jdbc()
                .sql("SELECT count(*) FROM pg_stat_activity WHERE usename = ? AND state LIKE 'idle in transaction%'")
                .param(service.database().username())
                .query(Long.class)
                .single();
    }

    @Test
    void a_database_that_says_nothing_is_answered_with_503_in_time_and_heals() {
        var noteId = write("before").noteId();
        var key = UUID.randomUUID().toString();
        database.blackHole();
        var before = Instant.now();

        put(noteId, key).expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
        database.pass();
        Await.until(
                "the same write to be answered",
                HEALED_MAX,
                () -> put(noteId, key).returnResult(Void.class).getStatus().value() == 200);
        Await.until("all connections to be given back", LIMIT, () -> acquired() == 0);
    }

    /// Fifty callers take every connection there is, and all of them hang.
    @Test
    void a_pool_whose_connections_all_hang_is_built_anew() {
        write("before");
        database.blackHole();

        var answers = Flux.range(0, 50)
                .flatMap(
                        _ -> Mono.fromCallable(this::count)
                                .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic()),
                        50)
                .collectList()
                .block(Duration.ofSeconds(30));

        assertThat(answers).containsOnly(503);
        database.resetAll();
        database.pass();
        Await.until("the service to work", HEALED_MAX, () -> count().equals(200));
    }

    @Test
    void connections_that_are_reset_are_replaced_without_anybody_noticing_for_long() {
        write("before");

        database.resetAll();

        Await.until("the service to work", LIMIT, () -> count().equals(200));
    }

    @Test
    void a_row_locked_by_somebody_else_is_answered_with_503_in_time() throws SQLException {
        var noteId = write("locked").noteId();
        var key = UUID.randomUUID().toString();
        try (var locker = service.database().connect()) {
            locker.setAutoCommit(false);
            try (var lock = locker.prepareStatement("SELECT 1 FROM note WHERE id = ? FOR UPDATE")) {
                lock.setObject(1, noteId);
                lock.executeQuery();
            }
            var before = Instant.now();

            put(noteId, key).expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");

            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
            locker.rollback();
        }
        put(noteId, key).expectStatus().isOk();
    }

    @Test
    void a_statement_that_takes_too_long_is_ended() {
        var before = Instant.now();

        service.client(token)
                .get()
                .uri("/v1/communities/{c}/notes/count?millis=60000", community)
                .exchange()
                .expectStatus()
                .isEqualTo(503);

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(6));
        Await.until("no statement to run on", LIMIT, () -> acquired() == 0);
    }
}
