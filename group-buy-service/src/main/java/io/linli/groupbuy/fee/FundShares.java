package io.linli.groupbuy.fee;

import static io.linli.kit.data.Columns.required;

import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `fund_share`, one row per community whose fund takes something. *Units:* parts in a thousand.
@Repository
class FundShares {
    private final DatabaseClient database;

    FundShares(DatabaseClient database) {
        this.database = database;
    }

    Mono<Integer> get(UUID community) {
        return database.sql("SELECT per_mille FROM fund_share WHERE community_id = :community")
                .bind("community", community)
                .map(row -> required(row, 0, Integer.class))
                .one()
                .defaultIfEmpty(0);
    }

    Mono<Integer> put(UUID community, int perMille) {
        return database.sql("""
                        INSERT INTO fund_share (community_id, per_mille) VALUES (:community, :perMille)
                        ON CONFLICT (community_id) DO UPDATE SET per_mille = :perMille""")
                .bind("community", community)
                .bind("perMille", perMille)
                .then()
                .thenReturn(perMille);
    }
}
