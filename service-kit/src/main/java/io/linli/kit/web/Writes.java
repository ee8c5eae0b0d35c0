package io.linli.kit.web;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.KitSettings;
import io.linli.kit.data.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Writes that happen once however often they are sent: the answer is stored with the effect, in its transaction, and
/// given again for the same `Idempotency-Key`. A refusal has no effect, so it is not stored and may be tried again.
///
/// *Errors:* 400 `idempotency-key-required`, 409 `request-in-flight`, 422 `idempotency-key-reused`.
/// *Source:* draft-ietf-httpapi-idempotency-key-header.
public class Writes {
    /// The scope of writes that belong to no community.
    public static final UUID PLATFORM = new UUID(0, 0);

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final int PURGE_BATCH = 5_000;

    private final DatabaseClient database;
    private final Transactions transactions;
    private final JsonMapper json;
    private final Clock clock;
    private final Duration kept;

    Writes(DatabaseClient database, Transactions transactions, JsonMapper json, Clock clock, KitSettings settings) {
        this.database = database;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
        this.kept = settings.idempotencyKept();
    }

    private record Request(UUID community, UUID caller, String key, String fingerprint) {}

    private record Stored(String fingerprint, @Nullable String answer) {}

    /// Runs `effect` in the community's transaction unless this caller's key has been answered before.
    ///
    /// @param request the body as the controller got it, or `""`; part of the fingerprint with method and path
    /// @param answer the type of the answer, `Void.class` for none
    public <T> Mono<T> once(
            ServerWebExchange exchange, UUID community, Object request, Class<T> answer, Supplier<Mono<T>> effect) {
        return Caller.current()
                .map(caller -> identify(exchange, community, caller, request))
                .flatMap(identified ->
                        transactions.in(community, () -> replayOrRun(exchange, identified, answer, effect)));
    }

    private <T> Mono<T> replayOrRun(
            ServerWebExchange exchange, Request request, Class<T> answer, Supplier<Mono<T>> effect) {
        return lock(request)
                .then(findStored(request))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(stored ->
                        stored.isPresent() ? replay(exchange, request, stored.get(), answer) : run(request, effect));
    }

    private <T> Mono<T> run(Request request, Supplier<Mono<T>> effect) {
        return Mono.defer(effect)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(answer -> store(
                                request, answer.map(json::writeValueAsString).orElse(null))
                        .then(Mono.justOrEmpty(answer)));
    }

    private <T> Mono<T> replay(ServerWebExchange exchange, Request request, Stored stored, Class<T> answer) {
        if (!stored.fingerprint().equals(request.fingerprint())) {
            return Mono.error(Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused"));
        }
        exchange.getResponse().getHeaders().set("Idempotent-Replayed", "true");
        return Mono.justOrEmpty(stored.answer()).map(text -> json.readValue(text, answer));
    }

    /// A second request with the same key is told at once that the first is still under way, instead of waiting for it.
    private Mono<Void> lock(Request request) {
        return database.sql("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))")
                .bind(0, request.community() + "|" + request.caller() + "|" + request.key())
                .map((row, _) -> Boolean.TRUE.equals(row.get(0, Boolean.class)))
                .one()
                .flatMap(free -> free
                        ? Mono.empty()
                        : Mono.error(Problem.of(HttpStatus.CONFLICT, "request-in-flight")
                                .retryAfter(Duration.ofSeconds(1))));
    }

    private Mono<Stored> findStored(Request request) {
        return database.sql("""
                        SELECT fingerprint, answer FROM idempotency
                         WHERE community_id = $1 AND caller = $2 AND key = $3""")
                .bind(0, request.community())
                .bind(1, request.caller())
                .bind(2, request.key())
                .map((row, _) -> new Stored(required(row, 0, String.class), row.get(1, String.class)))
                .one();
    }

    private Mono<Long> store(Request request, @Nullable String answer) {
        var insert = database.sql("""
                        INSERT INTO idempotency (community_id, caller, key, fingerprint, answer, created_at)
                        VALUES ($1, $2, $3, $4, $5, $6)""")
                .bind(0, request.community())
                .bind(1, request.caller())
                .bind(2, request.key())
                .bind(3, request.fingerprint())
                .bind(5, clock.instant());
        return (answer == null ? insert.bindNull(4, String.class) : insert.bind(4, answer))
                .fetch()
                .rowsUpdated();
    }

    /// Forgets answers older than the setting, a bounded batch at a time.
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    Mono<Long> purge() {
        return transactions
                .acrossCommunities(() -> database.sql("""
                                DELETE FROM idempotency WHERE ctid = ANY (ARRAY(
                                    SELECT ctid FROM idempotency WHERE created_at < $1 LIMIT $2))""")
                        .bind(0, clock.instant().minus(kept))
                        .bind(1, PURGE_BATCH)
                        .fetch()
                        .rowsUpdated())
                .onErrorComplete();
    }

    private Request identify(ServerWebExchange exchange, UUID community, Caller caller, Object body) {
        var key = exchange.getRequest().getHeaders().getFirst("Idempotency-Key");
        if (key == null || !KEY.matcher(key).matches()) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "idempotency-key-required");
        }
        var content = exchange.getRequest().getMethod() + " "
                + exchange.getRequest().getURI().getRawPath() + "\n" + json.writeValueAsString(body);
        return new Request(community, caller.subject(), key, sha256(content));
    }

    private static String sha256(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
