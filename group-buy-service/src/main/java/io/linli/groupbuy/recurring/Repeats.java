package io.linli.groupbuy.recurring;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.recurring.Repeat.Last;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The tables `repeating_group_buy` and `repeated_group_buy`. A day of a repetition has one row there, so that it is
/// created once, however many replicas look.
@Repository
class Repeats {
    private static final String COLUMNS = """
            id, community_id, group_buy_id, leader_id, weekday, local_time, zone, next_day, ended_at,
            last_group_buy_id, last_refusal""";

    private final DatabaseClient database;

    Repeats(DatabaseClient database) {
        this.database = database;
    }

    record Due(UUID community, UUID repeat) {}

    Mono<Repeat> insert(Repeat repeat, Instant now) {
        return database.sql("""
                        INSERT INTO repeating_group_buy (id, community_id, group_buy_id, leader_id, weekday, local_time,
                                                         zone, next_day, next_opens_at, created_at)
                        VALUES (:id, :community, :groupBuy, :leader, :weekday, :time,
                                :zone, :nextDay, :nextOpensAt, :now)""")
                .bind("id", repeat.id())
                .bind("community", repeat.community())
                .bind("groupBuy", repeat.groupBuyId())
                .bind("leader", repeat.leaderId())
                .bind("weekday", repeat.weekly().weekday().getValue())
                .bind("time", repeat.weekly().time())
                .bind("zone", repeat.weekly().zone().getId())
                .bind("nextDay", repeat.nextDay())
                .bind("nextOpensAt", repeat.nextOpensAt())
                .bind("now", now)
                .then()
                .thenReturn(repeat);
    }

    Mono<Integer> countActive(UUID community) {
        return database.sql("""
                        SELECT count(*)::int FROM repeating_group_buy
                         WHERE community_id = :community AND ended_at IS NULL""")
                .bind("community", community)
                .map(row -> required(row, 0, Integer.class))
                .one();
    }

    Mono<List<Repeat>> list(UUID community, Page.Request page) {
        return database.sql("SELECT " + COLUMNS + """
                         FROM repeating_group_buy
                        WHERE community_id = :community AND id < :below
                        ORDER BY id DESC LIMIT :rows""")
                .bind("community", community)
                .bind("below", page.below())
                .bind("rows", page.rows())
                .map(Repeats::toRepeat)
                .all()
                .collectList();
    }

    Mono<List<Due>> listDue(Instant until, int max) {
        return database.sql("""
                        SELECT community_id, id FROM repeating_group_buy
                         WHERE ended_at IS NULL AND next_opens_at <= :until
                         ORDER BY next_opens_at, id LIMIT :max""")
                .bind("until", until)
                .bind("max", max)
                .map(row -> new Due(required(row, 0, UUID.class), required(row, 1, UUID.class)))
                .all()
                .collectList();
    }

    Mono<Repeat> find(UUID id) {
        return select(id, "");
    }

    Mono<Repeat> lock(UUID id) {
        return select(id, "FOR NO KEY UPDATE");
    }

    /// Empty when someone else holds it.
    Mono<Repeat> lockIfFree(UUID id) {
        return select(id, "FOR NO KEY UPDATE SKIP LOCKED");
    }

    private Mono<Repeat> select(UUID id, String locking) {
        return database.sql("SELECT " + COLUMNS + " FROM repeating_group_buy WHERE id = :id " + locking)
                .bind("id", id)
                .map(Repeats::toRepeat)
                .one();
    }

    Mono<Repeat> end(Repeat held, Instant now) {
        return database.sql("UPDATE repeating_group_buy SET ended_at = :now WHERE id = :id AND ended_at IS NULL")
                .bind("id", held.id())
                .bind("now", now)
                .then()
                .then(Mono.defer(() -> select(held.id(), "")));
    }

    /// Notes what became of the held day and goes on to the next.
    /// *Errors:* `DuplicateKeyException` when that day has been there already.
    Mono<Void> moveOn(Repeat held, LocalDate nextDay, Last last) {
        return database.sql("""
                        WITH noted AS (
                            INSERT INTO repeated_group_buy (community_id, repeat_id, day, group_buy_id, refusal)
                            VALUES (:community, :id, :day, :groupBuy, :refusal))
                        UPDATE repeating_group_buy
                           SET next_day = :nextDay, next_opens_at = :nextOpensAt,
                               last_group_buy_id = coalesce(:groupBuy, last_group_buy_id), last_refusal = :refusal
                         WHERE id = :id AND next_day = :day""")
                .bind("community", held.community())
                .bind("id", held.id())
                .bind("day", held.nextDay())
                .bind("nextDay", nextDay)
                .bind("nextOpensAt", held.weekly().on(nextDay))
                .bind("groupBuy", nullable(UUID.class, last.groupBuyId()))
                .bind("refusal", nullable(String.class, last.refusal()))
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("the repetition was not held")))
                .then();
    }

    private static <T> Parameter nullable(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }

    private static Repeat toRepeat(Readable row) {
        return new Repeat(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, UUID.class),
                new Weekly(
                        DayOfWeek.of(required(row, 4, Integer.class)),
                        required(row, 5, LocalTime.class),
                        ZoneId.of(required(row, 6, String.class))),
                required(row, 7, LocalDate.class),
                row.get(8, Instant.class),
                new Last(row.get(9, UUID.class), row.get(10, String.class)));
    }
}
