package io.linli.partner.payment;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `payment`; every method runs inside a transaction of the kit.
///
/// *Shape:* the columns of a state are there only in that state (CHECK).
@Repository
class Prepayments {
    private static final String SELECT = """
            SELECT id, community_id, order_id, group_buy_id, household_id, title, amount_fen, pay_by, created_at,
                   state, prepay_id, pay_url, problem, paid_at, attempts
              FROM payment
            """;

    private final DatabaseClient database;

    Prepayments(DatabaseClient database) {
        this.database = database;
    }

    /// A prepayment with how often the provider was asked to take it.
    record Row(Prepayment prepayment, int attempts) {}

    /// A payment that is known stays what it is.
    Mono<Void> add(Charge charge) {
        return database.sql("""
                        INSERT INTO payment (id, community_id, order_id, group_buy_id, household_id, title, amount_fen,
                            pay_by, created_at, next_attempt_at, state)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 'to-prepare')
                        ON CONFLICT (id) DO NOTHING""")
                .bind(0, charge.id())
                .bind(1, charge.community())
                .bind(2, charge.order())
                .bind(3, charge.groupBuy())
                .bind(4, charge.household())
                .bind(5, charge.title())
                .bind(6, charge.amountFen())
                .bind(7, charge.payBy())
                .bind(8, charge.createdAt())
                .then();
    }

    /// Takes what waits to be prepared; nobody else gets it before `until`, also when this process dies.
    Mono<List<Row>> claimToPrepare(Instant now, Instant until, int limit) {
        return claim("""
                WITH claimed AS (
                    UPDATE payment SET next_attempt_at = $2, attempts = attempts + 1
                     WHERE id = ANY (ARRAY(
                        SELECT id FROM payment WHERE state = 'to-prepare' AND next_attempt_at <= $1
                         ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED))
                    RETURNING *)
                """, now, until, limit);
    }

    /// Takes payable ones of which nothing was heard; they are next asked for at `next`.
    Mono<List<Row>> claimSilent(Instant now, Instant next, int limit) {
        return claim("""
                WITH claimed AS (
                    UPDATE payment SET next_poll_at = $2
                     WHERE id = ANY (ARRAY(
                        SELECT id FROM payment WHERE next_poll_at <= $1
                         ORDER BY next_poll_at LIMIT $3 FOR UPDATE SKIP LOCKED))
                    RETURNING *)
                """, now, next, limit);
    }

    private Mono<List<Row>> claim(String update, Instant now, Instant next, int limit) {
        return database.sql(update + SELECT.replace("FROM payment", "FROM claimed"))
                .bind(0, now)
                .bind(1, next)
                .bind(2, limit)
                .map(Prepayments::toRow)
                .all()
                .collectList();
    }

    /// The prepayment, locked until the transaction ends.
    Mono<Prepayment> lock(UUID id) {
        return database.sql(SELECT + "WHERE id = $1 FOR UPDATE")
                .bind(0, id)
                .map(Prepayments::toRow)
                .one()
                .map(Row::prepayment);
    }

    /// Whose a payment is; asked across communities, because a provider knows none.
    Mono<Charge> find(UUID id) {
        return database.sql(SELECT + "WHERE id = $1")
                .bind(0, id)
                .map(Prepayments::toRow)
                .one()
                .map(row -> row.prepayment().charge());
    }

    /// Newest first.
    ///
    /// @param household null for every household
    /// @param order null for every order
    Mono<List<Prepayment>> list(@Nullable UUID household, @Nullable UUID order, int limit) {
        var query = database.sql(SELECT + """
                WHERE ($1::uuid IS NULL OR household_id = $1) AND ($2::uuid IS NULL OR order_id = $2)
                ORDER BY id DESC LIMIT $3""").bind(2, limit);
        return orNull(orNull(query, 0, household), 1, order)
                .map(Prepayments::toRow)
                .all()
                .map(Row::prepayment)
                .collectList();
    }

    private static GenericExecuteSpec orNull(GenericExecuteSpec query, int index, @Nullable UUID id) {
        return id == null ? query.bindNull(index, UUID.class) : query.bind(index, id);
    }

    /// Stores what a decision made of a locked prepayment.
    ///
    /// @param due when it is to be prepared, or asked for, next
    Mono<Void> save(Prepayment prepayment, Instant due) {
        var update = switch (prepayment) {
            case Prepayment.ToPrepare(var _, var problem) ->
                database.sql("UPDATE payment SET next_attempt_at = $2, problem = $3 WHERE id = $1")
                        .bind(1, due)
                        .bind(2, problem == null ? "" : problem);
            case Prepayment.Payable(var _, var prepayId, var payUrl) ->
                database.sql("""
                                UPDATE payment SET state = 'payable', prepay_id = $2, pay_url = $3, next_poll_at = $4,
                                    next_attempt_at = NULL, problem = NULL WHERE id = $1""").bind(1, prepayId).bind(2, payUrl).bind(3, due);
            case Prepayment.Paid(var _, var paidAt) -> database.sql("""
                                UPDATE payment SET state = 'paid', paid_at = $2, next_attempt_at = NULL,
                                    next_poll_at = NULL, problem = NULL WHERE id = $1""").bind(1, paidAt);
            case Prepayment.Closed(var _, var reason) -> database.sql("""
                                UPDATE payment SET state = 'closed', problem = $2, next_attempt_at = NULL,
                                    next_poll_at = NULL WHERE id = $1""").bind(1, reason);
        };
        return update.bind(0, prepayment.charge().id()).then();
    }

    private static Row toRow(Readable row) {
        var charge = new Charge(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, UUID.class),
                required(row, 4, UUID.class),
                required(row, 5, String.class),
                required(row, 6, Long.class),
                required(row, 7, Instant.class),
                required(row, 8, Instant.class));
        var state = required(row, 9, String.class);
        var prepayment = switch (state) {
            case "to-prepare" -> new Prepayment.ToPrepare(charge, row.get(12, String.class));
            case "payable" ->
                new Prepayment.Payable(charge, required(row, 10, String.class), required(row, 11, String.class));
            case "paid" -> new Prepayment.Paid(charge, required(row, 13, Instant.class));
            case "closed" -> new Prepayment.Closed(charge, required(row, 12, String.class));
            default -> throw new IllegalStateException("a payment row in state " + state);
        };
        return new Row(prepayment, required(row, 14, Integer.class));
    }
}
