package io.linli.groupbuy.settlement;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.settlement.Transaction.Posting;
import io.linli.kit.data.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The double-entry ledger: only ever added to, each business key once, every transaction summing to zero, all of which
/// the database guards. Inside the caller's transaction.
@Component
public class Ledger {
    private final DatabaseClient database;

    Ledger(DatabaseClient database) {
        this.database = database;
    }

    /// One row to write: a posting with its place.
    private record Row(UUID transaction, int position, Posting posting) {}

    /// Posts what was not posted before, in one statement.
    public Mono<Void> post(List<Transaction> transactions) {
        var meant = transactions.stream()
                .filter(transaction -> !transaction.postings().isEmpty())
                .toList();
        return meant.isEmpty() ? Mono.empty() : insert(meant);
    }

    /// Whose account of this kind was credited by what was posted under a key; empty when nobody's was.
    Mono<UUID> findCredited(UUID community, String key, Account.Kind kind) {
        return database.sql("""
                        SELECT owner_id FROM posting
                          JOIN ledger_transaction ON ledger_transaction.id = transaction_id
                         WHERE ledger_transaction.community_id = $1 AND key = $2 AND account = $3 AND fen > 0 LIMIT 1""")
                .bind(0, community)
                .bind(1, key)
                .bind(2, kind.word())
                .map(row -> required(row, 0, UUID.class))
                .one();
    }

    private Mono<Void> insert(List<Transaction> transactions) {
        var ids = transactions.stream().map(_ -> Ids.next()).toList();
        var heads = new Unnested<>(transactions);
        var rows = new Unnested<>(toRows(ids, transactions));
        return database.sql("""
                        WITH fresh AS (
                            INSERT INTO ledger_transaction (id, community_id, key, occasion, group_buy_id, posted_at)
                            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[],
                                $6::timestamptz[]) AS given (id, community, key, occasion, group_buy, at)
                             ORDER BY community, key
                            ON CONFLICT (community_id, key) DO NOTHING
                            RETURNING id, community_id)
                        INSERT INTO posting (community_id, transaction_id, position, account, owner_id, order_id, fen)
                        SELECT fresh.community_id, fresh.id, given.place, given.account, given.owner, given.order_id,
                               given.fen
                          FROM unnest($7::uuid[], $8::int[], $9::text[], $10::uuid[], $11::uuid[], $12::bigint[])
                                AS given (transaction, place, account, owner, order_id, fen)
                          JOIN fresh ON fresh.id = given.transaction""")
                .bind(0, ids.toArray(UUID[]::new))
                .bind(1, heads.ids(Transaction::community))
                .bind(2, heads.texts(Transaction::key))
                .bind(3, heads.texts(transaction -> transaction.occasion().word()))
                .bind(4, heads.ids(Transaction::groupBuy))
                .bind(5, heads.instants(Transaction::at))
                .bind(6, rows.ids(Row::transaction))
                .bind(7, rows.counts(Row::position))
                .bind(8, rows.texts(row -> row.posting().account().kind().word()))
                .bind(9, rows.ids(row -> row.posting().account().owner()))
                .bind(10, rows.ids(row -> row.posting().order()))
                .bind(11, rows.fen(row -> row.posting().fen()))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static List<Row> toRows(List<UUID> ids, List<Transaction> transactions) {
        var rows = new ArrayList<Row>();
        for (var index = 0; index < ids.size(); index++) {
            var position = 1;
            for (var posting : transactions.get(index).postings()) {
                rows.add(new Row(ids.get(index), position++, posting));
            }
        }
        return rows;
    }
}
