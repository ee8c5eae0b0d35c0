package io.linli.community.identity;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Ids;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Accounts: one per WeChat openid. A phone belongs to the account that proved it last; whoever had it before loses it
/// and has to prove a phone again. Openids and phones are kept as blind indexes only.
@Repository
class Accounts {
    private final DatabaseClient database;

    Accounts(DatabaseClient database) {
        this.database = database;
    }

    /// Blind index of the phone this openid proved; empty when it is new or has lost the phone.
    Mono<byte[]> findPhone(byte[] openIdIndex) {
        return database.sql("SELECT phone_index FROM account WHERE open_id_index = $1 AND phone_index IS NOT NULL")
                .bind(0, openIdIndex)
                .map(row -> required(row, 0, byte[].class))
                .one();
    }

    /// Blind index of the phone of an account; empty when it has lost it.
    Mono<byte[]> findPhone(UUID account) {
        return database.sql("SELECT phone_index FROM account WHERE id = $1 AND phone_index IS NOT NULL")
                .bind(0, account)
                .map(row -> required(row, 0, byte[].class))
                .one();
    }

    /// The account of this openid, which holds this phone from now on. Logins with one phone take turns.
    Mono<UUID> bind(byte[] openIdIndex, byte[] phoneIndex, Instant now) {
        return lock(phoneIndex).then(release(openIdIndex, phoneIndex, now)).then(upsert(openIdIndex, phoneIndex, now));
    }

    private Mono<Void> lock(byte[] phoneIndex) {
        return database.sql("SELECT pg_advisory_xact_lock($1)")
                .bind(0, ByteBuffer.wrap(phoneIndex).getLong())
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<Void> release(byte[] openIdIndex, byte[] phoneIndex, Instant now) {
        return database.sql("""
                        WITH released AS (
                            UPDATE account SET phone_index = NULL
                             WHERE phone_index = $2 AND open_id_index <> $1
                            RETURNING id)
                        UPDATE refresh_family SET revoked_at = $3
                         WHERE account_id IN (SELECT id FROM released) AND revoked_at IS NULL""")
                .bind(0, openIdIndex)
                .bind(1, phoneIndex)
                .bind(2, now)
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<UUID> upsert(byte[] openIdIndex, byte[] phoneIndex, Instant now) {
        return database.sql("""
                        INSERT INTO account (id, open_id_index, phone_index, created_at) VALUES ($1, $2, $3, $4)
                        ON CONFLICT (open_id_index) DO UPDATE SET phone_index = excluded.phone_index
                        RETURNING id""")
                .bind(0, Ids.next())
                .bind(1, openIdIndex)
                .bind(2, phoneIndex)
                .bind(3, now)
                .map(row -> required(row, 0, UUID.class))
                .one();
    }
}
