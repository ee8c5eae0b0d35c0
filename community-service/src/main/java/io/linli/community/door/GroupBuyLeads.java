package io.linli.community.door;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Who leads which group buy, as it was told last: the higher version holds, whichever is heard first.
@Repository
class GroupBuyLeads {
    private final DatabaseClient database;

    GroupBuyLeads(DatabaseClient database) {
        this.database = database;
    }

    record Led(UUID groupBuyId, int version, List<UUID> leaderIds, Instant closesAt) {}

    Mono<Void> keep(UUID community, Led led) {
        return database.sql("""
                        INSERT INTO group_buy_lead (community_id, group_buy_id, version, leaders, closes_at)
                        VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (community_id, group_buy_id)
                        DO UPDATE SET version = excluded.version, leaders = excluded.leaders,
                                      closes_at = excluded.closes_at
                                WHERE group_buy_lead.version < excluded.version""")
                .bind(0, community)
                .bind(1, led.groupBuyId())
                .bind(2, led.version())
                .bind(3, led.leaderIds().toArray(UUID[]::new))
                .bind(4, led.closesAt())
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Whether a member leads a group buy that is open, or was closed later than that.
    Mono<Boolean> isLeading(UUID community, UUID member, Instant closedAfter) {
        return database.sql("""
                        SELECT EXISTS (SELECT FROM group_buy_lead
                                        WHERE community_id = $1 AND leaders @> ARRAY[$2] AND closes_at > $3)""")
                .bind(0, community)
                .bind(1, member)
                .bind(2, closedAfter)
                .map(row -> required(row, 0, Boolean.class))
                .one();
    }
}
