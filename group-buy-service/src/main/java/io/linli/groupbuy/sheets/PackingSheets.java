package io.linli.groupbuy.sheets;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// The table `packing_sheet`: frozen sheets, written once and never changed, what they say of people sealed.
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

    Mono<PackingSheet> find(UUID groupBuy, int version) {
        return database.sql("SELECT content_sealed FROM packing_sheet WHERE group_buy_id = $1 AND version = $2")
                .bind(0, groupBuy)
                .bind(1, version)
                .map(row -> read(groupBuy, version, required(row, 0, byte[].class)))
                .one();
    }

    Mono<PackingSheet> findLatest(UUID groupBuy) {
        return database.sql("""
                        SELECT version, content_sealed FROM packing_sheet
                         WHERE group_buy_id = $1 ORDER BY version DESC LIMIT 1""")
                .bind(0, groupBuy)
                .map(row -> read(groupBuy, required(row, 0, Integer.class), required(row, 1, byte[].class)))
                .one();
    }

    /// Newest first.
    Mono<List<Version>> list(UUID groupBuy) {
        return database.sql("""
                        SELECT version, frozen_at, orders, lines FROM packing_sheet
                         WHERE group_buy_id = $1 ORDER BY version DESC LIMIT $2""")
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

    private PackingSheet read(UUID groupBuy, int version, byte[] sealed) {
        return json.readValue(seal.open(sealed, row(groupBuy, version)), PackingSheet.class);
    }

    private static String row(UUID groupBuy, int version) {
        return groupBuy + "|" + version;
    }
}
