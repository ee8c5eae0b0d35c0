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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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

    /// One write by its caller's key; `fingerprint` tells method, path and body.
    public record Request(UUID community, UUID caller, String key, String fingerprint) {
        String lock() {
            return community + "|" + caller + "|" + key;
        }
    }

    /// What is known of a key: `free` unless another transaction works on it, and what it was used for before.
    public record Claim(
            boolean free,
            @Nullable String fingerprint,
            @Nullable String answer) {

        /// Empty to run the write, or the answer it had. *Errors:* 409 `request-in-flight`, 422
        /// `idempotency-key-reused`.
        public Optional<String> decide(Request request) {
            if (!free) {
                throw inFlight();
            }
            if (fingerprint != null && !fingerprint.equals(request.fingerprint())) {
                throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused");
            }
            return fingerprint == null ? Optional.empty() : Optional.of(answer == null ? "" : answer);
        }
    }

    /// A write that was done, and its answer as JSON, empty for none.
    public record Done(Request request, String answer) {}

    public static Problem inFlight() {
        return Problem.of(HttpStatus.CONFLICT, "request-in-flight").retryAfter(Duration.ofSeconds(1));
    }

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
        return claim(List.of(request))
                .map(claims -> claims.getFirst().decide(request))
                .flatMap(answered ->
                        answered.isPresent() ? replay(exchange, answered.get(), answer) : run(request, effect));
    }

    private <T> Mono<T> run(Request request, Supplier<Mono<T>> effect) {
        return Mono.defer(effect)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(answer -> store(List.of(new Done(
                                request, answer.map(json::writeValueAsString).orElse(""))))
                        .then(Mono.justOrEmpty(answer)));
    }

    private <T> Mono<T> replay(ServerWebExchange exchange, String stored, Class<T> answer) {
        return Mono.justOrEmpty(read(exchange, stored, answer));
    }

    /// A stored answer for the caller, who is told that it is a replay.
    public <T> Optional<T> read(ServerWebExchange exchange, String stored, Class<T> answer) {
        exchange.getResponse().getHeaders().set("Idempotent-Replayed", "true");
        return stored.isEmpty() ? Optional.empty() : Optional.of(json.readValue(stored, answer));
    }

    /// Takes these keys until the caller's transaction ends and tells what is known of each, in their order. A second
    /// request with the same key is told at once that the first is still under way, instead of waiting for it.
    public Mono<List<Claim>> claim(List<Request> requests) {
        return database.sql("""
                        SELECT pg_try_advisory_xact_lock(hashtextextended(key, 0))
                          FROM unnest($1::text[]) WITH ORDINALITY AS asked (key, position) ORDER BY position""")
                .bind(0, requests.stream().map(Request::lock).toArray(String[]::new))
                .map((row, _) -> required(row, 0, Boolean.class))
                .all()
                .collectList()
                .flatMap(free -> find(requests, free));
    }

    /// Reads only now, because what was stored before the lock was taken must be seen.
    private Mono<List<Claim>> find(List<Request> requests, List<Boolean> free) {
        return database.sql("""
                        SELECT asked.position::int, stored.fingerprint, stored.answer
                          FROM unnest($1::uuid[], $2::uuid[], $3::text[]) WITH ORDINALITY
                               AS asked (community_id, caller, key, position)
                          JOIN idempotency AS stored USING (community_id, caller, key)""")
                .bind(0, requests.stream().map(Request::community).toArray(UUID[]::new))
                .bind(1, requests.stream().map(Request::caller).toArray(UUID[]::new))
                .bind(2, requests.stream().map(Request::key).toArray(String[]::new))
                .map((row, _) -> Map.entry(
                        required(row, 0, Integer.class) - 1,
                        new Claim(true, required(row, 1, String.class), row.get(2, String.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(known -> IntStream.range(0, requests.size())
                        .mapToObj(at -> toClaim(free.get(at), known.get(at)))
                        .toList());
    }

    private static Claim toClaim(boolean free, @Nullable Claim known) {
        return known == null || !free ? new Claim(free, null, null) : known;
    }

    /// Keeps the answers, in the caller's transaction.
    public Mono<Void> store(List<Done> done) {
        if (done.isEmpty()) {
            return Mono.empty();
        }
        return database.sql("""
                        INSERT INTO idempotency (community_id, caller, key, fingerprint, answer, created_at)
                        SELECT community_id, caller, key, fingerprint, nullif(answer, ''), $6
                          FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
                            AS done (community_id, caller, key, fingerprint, answer)""")
                .bind(0, done.stream().map(each -> each.request().community()).toArray(UUID[]::new))
                .bind(1, done.stream().map(each -> each.request().caller()).toArray(UUID[]::new))
                .bind(2, done.stream().map(each -> each.request().key()).toArray(String[]::new))
                .bind(3, done.stream().map(each -> each.request().fingerprint()).toArray(String[]::new))
                .bind(4, done.stream().map(Done::answer).toArray(String[]::new))
                .bind(5, clock.instant())
                .fetch()
                .rowsUpdated()
                .then();
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

    /// The write that this request asks for. *Errors:* 400 `idempotency-key-required`.
    public Request identify(ServerWebExchange exchange, UUID community, Caller caller, Object body) {
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
