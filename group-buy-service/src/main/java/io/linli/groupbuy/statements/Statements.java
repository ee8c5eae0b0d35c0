package io.linli.groupbuy.statements;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.settlement.Occasion;
import io.linli.groupbuy.statements.Statement.Entry;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Reads the ledger by account. Balances and postings come of one statement, so they are of one moment and agree even
/// while others post.
@Repository
class Statements {
    private static final String READ = """
            WITH before AS (
                SELECT coalesce(sum(fen), 0) AS fen
                  FROM posting JOIN ledger_transaction ON ledger_transaction.id = transaction_id
                 WHERE owner_id = $1 AND account = $2 AND posted_at < $3),
            within AS (
                SELECT transaction_id, position, posted_at, occasion, group_buy_id, order_id, fen,
                       sum(fen) OVER (ORDER BY posted_at, transaction_id, position) AS so_far
                  FROM posting JOIN ledger_transaction ON ledger_transaction.id = transaction_id
                 WHERE owner_id = $1 AND account = $2 AND posted_at >= $3 AND posted_at < $4),
            page AS (
                SELECT * FROM within
                 WHERE $5::uuid IS NULL
                    OR (posted_at, transaction_id, position)
                        > ((SELECT posted_at FROM ledger_transaction WHERE id = $5), $5, $6)
                 ORDER BY posted_at, transaction_id, position LIMIT $7)
            SELECT before.fen::bigint, (before.fen + (SELECT coalesce(sum(fen), 0) FROM within))::bigint,
                   page.transaction_id, page.position, page.posted_at, page.occasion, page.group_buy_id,
                   group_buy.title, page.order_id, orders.serial_number, page.fen,
                   (before.fen + page.so_far)::bigint
              FROM before
              LEFT JOIN page ON true
              LEFT JOIN group_buy ON group_buy.id = page.group_buy_id
              LEFT JOIN orders ON orders.id = page.order_id
             ORDER BY page.posted_at, page.transaction_id, page.position""";

    private final DatabaseClient database;

    Statements(DatabaseClient database) {
        this.database = database;
    }

    /// One row of the answer; a period without postings still has one, with the balances.
    private record Row(long opening, long closing, Optional<Entry> entry) {}

    /// *Errors:* 400 `cursor-invalid`.
    Mono<Statement> read(Account account, Period period, Page.Request page) {
        var after = page.after();
        var read = database.sql(READ)
                .bind(0, account.owner())
                .bind(1, account.kind().word())
                .bind(2, period.begins())
                .bind(3, period.ends());
        return after.map(place -> read.bind(4, place.id()).bind(5, place.number()))
                .orElseGet(() -> read.bindNull(4, UUID.class).bind(5, 0))
                .bind(6, page.rows())
                .map(Statements::toRow)
                .all()
                .collectList()
                .map(Statements::toStatement);
    }

    /// Whether anything was ever posted to it.
    Mono<Boolean> isKnown(Account account) {
        return database.sql("SELECT EXISTS (SELECT FROM posting WHERE owner_id = $1 AND account = $2)")
                .bind(0, account.owner())
                .bind(1, account.kind().word())
                .map(row -> required(row, 0, Boolean.class))
                .one();
    }

    private static Statement toStatement(List<Row> rows) {
        var entries = new ArrayList<Entry>();
        rows.forEach(row -> row.entry().ifPresent(entries::add));
        return new Statement(rows.getFirst().opening(), rows.getFirst().closing(), entries);
    }

    private static Row toRow(Readable row) {
        var transaction = Optional.ofNullable(row.get(2, UUID.class));
        return new Row(
                required(row, 0, Long.class),
                required(row, 1, Long.class),
                transaction.map(id -> toEntry(new Page.Place(id, required(row, 3, Integer.class)), row)));
    }

    private static Entry toEntry(Page.Place place, Readable row) {
        return new Entry(
                place,
                required(row, 4, Instant.class),
                Occasion.of(required(row, 5, String.class)),
                row.get(6, UUID.class),
                row.get(7, String.class),
                row.get(8, UUID.class),
                row.get(9, Integer.class),
                required(row, 10, Long.class),
                required(row, 11, Long.class));
    }
}
