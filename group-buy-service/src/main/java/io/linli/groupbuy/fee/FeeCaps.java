package io.linli.groupbuy.fee;

import static io.linli.kit.data.Columns.required;

import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `fee_cap`, one row per community that has set its own.
@Repository
class FeeCaps {
    private final DatabaseClient database;
    private final FeeSettings settings;

    FeeCaps(DatabaseClient database, FeeSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    Mono<FeeCap> get(UUID community) {
        return database.sql("SELECT flat_fen, per_mille, courier_fen FROM fee_cap WHERE community_id = :community")
                .bind("community", community)
                .map(row -> new FeeCap(
                        required(row, 0, Long.class), required(row, 1, Integer.class), required(row, 2, Long.class)))
                .one()
                .defaultIfEmpty(new FeeCap(settings.capFlatFen(), settings.capPerMille(), settings.courierCapFen()));
    }

    Mono<FeeCap> put(UUID community, FeeCap cap) {
        return database.sql("""
                        INSERT INTO fee_cap (community_id, flat_fen, per_mille, courier_fen)
                        VALUES (:community, :flatFen, :perMille, :courierFen)
                        ON CONFLICT (community_id) DO UPDATE
                           SET flat_fen = :flatFen, per_mille = :perMille, courier_fen = :courierFen""")
                .bind("community", community)
                .bind("flatFen", cap.flatFen())
                .bind("perMille", cap.perMille())
                .bind("courierFen", cap.courierFen())
                .then()
                .thenReturn(cap);
    }
}
