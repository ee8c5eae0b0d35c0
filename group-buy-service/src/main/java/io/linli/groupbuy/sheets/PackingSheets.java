package io.linli.groupbuy.sheets;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// The table `packing_sheet`: frozen sheets, written once and never changed, what they say of people sealed until it is
/// forgotten.
@Repository
@EnableConfigurationProperties(SheetSettings.class)
class PackingSheets {
    private final DatabaseClient database;
    private final JsonMapper json;
    private final SheetSeal seal;
    private final SheetSettings settings;

    PackingSheets(DatabaseClient database, JsonMapper json, SheetSeal seal, SheetSettings settings) {
        this.database = database;
        this.json = json;
        this.seal = seal;
        this.settings = settings;
    }

    /// A frozen sheet without its content.
    record Version(int version, Instant frozenAt, int orders, int lines) {}

    /// One freezes at a time, until the caller's transaction ends.
    Mono<Void> lock(UUID groupBuy) {
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
                .bind(0, "packing-sheet|" + groupBuy)
                .then();
    }

    Mono<Version> insert(UUID community, UUID groupBuy, UUID frozenBy, PackingSheet sheet) {
        return database.sql("""
                        INSERT INTO packing_sheet (community_id, group_buy_id, version, frozen_at, frozen_by,
                                                   orders, lines, content_sealed)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""")
                .bind(0, community)
                .bind(1, groupBuy)
                .bind(2, sheet.version())
                .bind(3, sheet.frozenAt())
                .bind(4, frozenBy)
                .bind(5, sheet.orders().size())
                .bind(6, sheet.lines())
                .bind(7, seal.seal(json.writeValueAsBytes(sheet), row(groupBuy, sheet.version())))
                .fetch()
                .rowsUpdated()
                .thenReturn(new Version(
                        sheet.version(), sheet.frozenAt(), sheet.orders().size(), sheet.lines()));
    }

    /// Empty also when what it said is forgotten.
    Mono<PackingSheet> find(UUID groupBuy, int version) {
        return database.sql("""
                        SELECT content_sealed FROM packing_sheet
                         WHERE group_buy_id = $1 AND version = $2 AND content_sealed IS NOT NULL""")
                .bind(0, groupBuy)
                .bind(1, version)
                .map(row -> read(groupBuy, version, required(row, 0, byte[].class)))
                .one();
    }

    /// The number given last and, unless it is forgotten, what was frozen under it.
    record Latest(int version, @Nullable PackingSheet sheet) {}

    Mono<Latest> findLatest(UUID groupBuy) {
        return database.sql("""
                        SELECT version, content_sealed FROM packing_sheet
                         WHERE group_buy_id = $1 ORDER BY version DESC LIMIT 1""")
                .bind(0, groupBuy)
                .map(row -> toLatest(groupBuy, required(row, 0, Integer.class), row.get(1, byte[].class)))
                .one();
    }

    /// Forgets what sheets say that were frozen until then, a bounded number at a time.
    Mono<Long> forget(Instant frozenUntil) {
        return database.sql("""
                        UPDATE packing_sheet SET content_sealed = NULL
                         WHERE (group_buy_id, version) IN (
                               SELECT group_buy_id, version FROM packing_sheet
                                WHERE content_sealed IS NOT NULL AND frozen_at <= $1
                                ORDER BY frozen_at LIMIT $2 FOR UPDATE SKIP LOCKED)""")
                .bind(0, frozenUntil)
                .bind(1, settings.purgeBatch())
                .fetch()
                .rowsUpdated();
    }

    /// Newest first, without those that are forgotten.
    Mono<List<Version>> list(UUID groupBuy) {
        return database.sql("""
                        SELECT version, frozen_at, orders, lines FROM packing_sheet
                         WHERE group_buy_id = $1 AND content_sealed IS NOT NULL ORDER BY version DESC LIMIT $2""")
                .bind(0, groupBuy)
                .bind(1, settings.versionsMax())
                .map(row -> new Version(
                        required(row, 0, Integer.class),
                        required(row, 1, Instant.class),
                        required(row, 2, Integer.class),
                        required(row, 3, Integer.class)))
                .all()
                .collectList();
    }

    private Latest toLatest(UUID groupBuy, int version, byte @Nullable [] sealed) {
        return new Latest(version, sealed == null ? null : read(groupBuy, version, sealed));
    }

    private PackingSheet read(UUID groupBuy, int version, byte[] sealed) {
        return json.readValue(seal.open(sealed, row(groupBuy, version)), PackingSheet.class);
    }

    private static String row(UUID groupBuy, int version) {
        return groupBuy + "|" + version;
    }
}
