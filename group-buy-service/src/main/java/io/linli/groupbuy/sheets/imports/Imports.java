package io.linli.groupbuy.sheets.imports;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Transactions;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// The tables `sheet_import`, which forgets what it says of people at the confirmation or when it expires, and
/// `imported_line`, which keeps hashes.
@Repository
class Imports {
    private final DatabaseClient database;
    private final Transactions transactions;
    private final JsonMapper json;
    private final ImportSettings settings;
    private final Clock clock;

    Imports(DatabaseClient database, Transactions transactions, JsonMapper json, ImportSettings settings, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    /// @param plan empty once it is confirmed
    record Import(UUID id, UUID groupBuy, Optional<ImportPlan> plan, Instant expiresAt) {}

    Mono<Import> insert(UUID community, UUID leader, UUID id, UUID groupBuy, ImportPlan plan, Instant expiresAt) {
        return database.sql("""
                        INSERT INTO sheet_import (id, community_id, group_buy_id, leader_id, state, plan, expires_at)
                        VALUES ($1, $2, $3, $4, 'open', $5, $6)""")
                .bind(0, id)
                .bind(1, community)
                .bind(2, groupBuy)
                .bind(3, leader)
                .bind(4, json.writeValueAsString(plan))
                .bind(5, expiresAt)
                .fetch()
                .rowsUpdated()
                .thenReturn(new Import(id, groupBuy, Optional.of(plan), expiresAt));
    }

    /// Also locks it; empty when it is not there or has expired.
    Mono<Import> hold(UUID groupBuy, UUID id, Instant now) {
        return database.sql("""
                        SELECT id, group_buy_id, plan, expires_at FROM sheet_import
                         WHERE id = $1 AND group_buy_id = $2 AND expires_at > $3 FOR UPDATE""")
                .bind(0, id)
                .bind(1, groupBuy)
                .bind(2, now)
                .map(this::read)
                .one();
    }

    Mono<Void> confirm(UUID id) {
        return database.sql("UPDATE sheet_import SET state = 'confirmed', plan = NULL WHERE id = $1")
                .bind(0, id)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Those of these lines that were imported before.
    Mono<Set<String>> findKnown(UUID groupBuy, Collection<String> fingerprints) {
        var byHash = fingerprints.stream().collect(Collectors.toMap(Imports::hash, print -> print, (a, _) -> a));
        return database.sql("""
                        SELECT fingerprint FROM imported_line WHERE group_buy_id = $1 AND fingerprint = ANY ($2)""")
                .bind(0, groupBuy)
                .bind(1, byHash.keySet().toArray(String[]::new))
                .map(row -> java.util.Objects.requireNonNull(byHash.get(required(row, 0, String.class))))
                .all()
                .collect(Collectors.toSet());
    }

    /// How many of these lines were new.
    Mono<Long> insertLines(UUID community, UUID groupBuy, Collection<String> fingerprints) {
        return database.sql("""
                        INSERT INTO imported_line (community_id, group_buy_id, fingerprint)
                        SELECT $1, $2, print FROM unnest($3::text[]) AS print ORDER BY print
                        ON CONFLICT DO NOTHING""")
                .bind(0, community)
                .bind(1, groupBuy)
                .bind(2, fingerprints.stream().map(Imports::hash).toArray(String[]::new))
                .fetch()
                .rowsUpdated();
    }

    @Scheduled(
            fixedDelayString = "${linli.groupbuy.purge-interval}",
            initialDelayString = "${linli.groupbuy.purge-first-after}")
    Mono<Long> purge() {
        return transactions
                .acrossCommunities(() -> database.sql("""
                                DELETE FROM sheet_import WHERE ctid = ANY (ARRAY(
                                    SELECT ctid FROM sheet_import WHERE expires_at <= $1 LIMIT $2))""")
                        .bind(0, clock.instant())
                        .bind(1, settings.purgeBatch())
                        .fetch()
                        .rowsUpdated())
                .onErrorComplete();
    }

    private Import read(Readable row) {
        var plan = row.get(2, String.class);
        return new Import(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                Optional.ofNullable(plan).map(text -> json.readValue(text, ImportPlan.class)),
                required(row, 3, Instant.class));
    }

    private static String hash(String fingerprint) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(fingerprint.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
