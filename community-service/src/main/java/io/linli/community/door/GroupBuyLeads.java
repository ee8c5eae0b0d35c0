package io.linli.community.door;

import static io.linli.kit.data.Columns.required;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Who leads which group buy, as it was told last: the higher version holds, whichever is heard first. And for which
/// households it was formed, which may be heard before it is heard who leads it.
@Repository
class GroupBuyLeads {
    private final DatabaseClient database;

    GroupBuyLeads(DatabaseClient database) {
        this.database = database;
    }

    record Led(UUID groupBuyId, int version, List<UUID> leaderIds, Instant closesAt) {}

    record Formed(UUID groupBuyId, List<Order> orders) {
        record Order(UUID householdId) {}

        UUID[] households() {
            return orders.stream().map(Order::householdId).distinct().toArray(UUID[]::new);
        }
    }

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

    Mono<Void> form(UUID community, Formed formed, Instant at) {
        return database.sql("""
                        INSERT INTO group_buy_formed (community_id, group_buy_id, households, formed_at)
                        VALUES ($1, $2, $3, $4)
                        ON CONFLICT (community_id, group_buy_id) DO NOTHING""")
                .bind(0, community)
                .bind(1, formed.groupBuyId())
                .bind(2, formed.households())
                .bind(3, at)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// A group buy that was not formed has no doors; told late who leads it, nothing comes of it.
    Mono<Void> drop(UUID community, UUID groupBuy) {
        return database.sql("DELETE FROM group_buy_lead WHERE community_id = $1 AND group_buy_id = $2")
                .bind(0, community)
                .bind(1, groupBuy)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Whether each of these households is in a group buy that was formed later than that and that the member leads.
    Mono<Boolean> isLeadingFor(UUID community, UUID member, Collection<UUID> households, Instant formedAfter) {
        return database.sql("""
                        SELECT NOT EXISTS (
                            SELECT unnest($3::uuid[])
                            EXCEPT
                            SELECT unnest(households)
                              FROM group_buy_lead JOIN group_buy_formed USING (community_id, group_buy_id)
                             WHERE community_id = $1 AND leaders @> ARRAY[$2] AND formed_at > $4)""")
                .bind(0, community)
                .bind(1, member)
                .bind(2, households.toArray(UUID[]::new))
                .bind(3, formedAfter)
                .map(row -> required(row, 0, Boolean.class))
                .one();
    }

    /// Deletes what nobody is let in by any more, at most `max` of each kind; needs a transaction across communities.
    Mono<Long> forget(Instant formedBefore, int max) {
        return delete("""
                        DELETE FROM group_buy_formed WHERE ctid = ANY (ARRAY(
                            SELECT ctid FROM group_buy_formed WHERE formed_at <= $1 LIMIT $2))""", formedBefore, max)
                .flatMap(formed -> delete("""
                        DELETE FROM group_buy_lead WHERE ctid = ANY (ARRAY(
                            SELECT l.ctid FROM group_buy_lead l
                             WHERE closes_at <= $1
                               AND NOT EXISTS (SELECT FROM group_buy_formed f
                                                WHERE f.community_id = l.community_id
                                                  AND f.group_buy_id = l.group_buy_id)
                             LIMIT $2))""", formedBefore, max).map(leads -> formed + leads));
    }

    private Mono<Long> delete(String sql, Instant before, int max) {
        return database.sql(sql).bind(0, before).bind(1, max).fetch().rowsUpdated();
    }
}
