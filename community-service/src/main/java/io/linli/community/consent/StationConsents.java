package io.linli.community.consent;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Every consent given or withdrawn; rows are only ever added. *Source:* 快递市场管理办法, in force since 2024-03-01.
@Repository
class StationConsents {
    private final DatabaseClient database;

    StationConsents(DatabaseClient database) {
        this.database = database;
    }

    Mono<StationConsent> insert(UUID community, StationConsent consent) {
        var member = consent.member();
        return database.sql("""
                        INSERT INTO station_consent
                               (community_id, id, household_id, granted, channel, account_id, member_id, on_behalf,
                                given_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""")
                .bind(0, community)
                .bind(1, consent.id())
                .bind(2, consent.household())
                .bind(3, consent.granted())
                .bind(4, consent.channel())
                .bind(5, consent.account())
                .bind(6, member == null ? Parameters.in(UUID.class) : Parameters.in(member))
                .bind(7, consent.onBehalf())
                .bind(8, consent.at())
                .fetch()
                .rowsUpdated()
                .thenReturn(consent);
    }

    /// Newest first.
    Mono<List<StationConsent>> findPage(UUID household, UUID before, int limit) {
        return database.sql("""
                        SELECT id, household_id, granted, channel, account_id, member_id, on_behalf, given_at
                          FROM station_consent
                         WHERE household_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3""")
                .bind(0, household)
                .bind(1, before)
                .bind(2, limit)
                .map(StationConsents::read)
                .all()
                .collectList();
    }

    private static StationConsent read(Readable row) {
        return new StationConsent(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, Boolean.class),
                required(row, 3, String.class),
                required(row, 4, UUID.class),
                row.get(5, UUID.class),
                required(row, 6, Boolean.class),
                required(row, 7, Instant.class));
    }
}
