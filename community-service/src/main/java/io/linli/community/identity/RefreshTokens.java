package io.linli.community.identity;

import static io.linli.kit.data.Columns.required;

import io.linli.community.CommunitySettings;
import io.linli.kit.data.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Refresh tokens: 256 random bits, kept as their hash. Each works once; all that follow from one login are a family,
/// and a token that comes back a second time was stolen, so its whole family is revoked.
/// *Source:* RFC 9700, section 4.14.2.
@Repository
class RefreshTokens {
    private static final int TOKEN_BYTES = 32;

    private final DatabaseClient database;
    private final Duration life;
    private final SecureRandom random = new SecureRandom();

    RefreshTokens(DatabaseClient database, CommunitySettings settings) {
        this.database = database;
        this.life = Duration.ofDays(settings.refreshTokenDays());
    }

    /// A token that was good and is now used up.
    record Used(UUID family, UUID account) {}

    /// Begins a family and answers its first token.
    Mono<String> begin(UUID account, Instant now) {
        var family = Ids.next();
        return purgeDead(account, now)
                .then(database.sql("INSERT INTO refresh_family (id, account_id, created_at) VALUES ($1, $2, $3)")
                        .bind(0, family)
                        .bind(1, account)
                        .bind(2, now)
                        .fetch()
                        .rowsUpdated())
                .then(Mono.defer(() -> issue(family, now)));
    }

    /// The next token of a family.
    Mono<String> issue(UUID family, Instant now) {
        var token = newToken();
        return database.sql("INSERT INTO refresh_token (hash, family_id, expires_at) VALUES ($1, $2, $3)")
                .bind(0, hash(token))
                .bind(1, family)
                .bind(2, now.plus(life))
                .fetch()
                .rowsUpdated()
                .thenReturn(token);
    }

    /// Uses a token up; empty when it is unknown, used, too old or revoked. Of several at once exactly one succeeds.
    Mono<Used> use(String token, Instant now) {
        return database.sql("""
                        UPDATE refresh_token t SET used_at = $2
                          FROM refresh_family f
                         WHERE t.hash = $1 AND f.id = t.family_id
                           AND t.used_at IS NULL AND t.expires_at > $2 AND f.revoked_at IS NULL
                        RETURNING f.id, f.account_id""")
                .bind(0, hash(token))
                .bind(1, now)
                .map(row -> new Used(required(row, 0, UUID.class), required(row, 1, UUID.class)))
                .one();
    }

    /// Revokes the family of a token that was used before.
    Mono<Void> revokeIfReused(String token, Instant now) {
        return database.sql("""
                        UPDATE refresh_family SET revoked_at = $2
                         WHERE revoked_at IS NULL
                           AND id IN (SELECT family_id FROM refresh_token WHERE hash = $1 AND used_at IS NOT NULL)""")
                .bind(0, hash(token))
                .bind(1, now)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Revokes the family of a token, whatever its state.
    Mono<Void> revoke(String token, Instant now) {
        return database.sql("""
                        UPDATE refresh_family SET revoked_at = $2
                         WHERE revoked_at IS NULL
                           AND id IN (SELECT family_id FROM refresh_token WHERE hash = $1)""")
                .bind(0, hash(token))
                .bind(1, now)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Forgets an account's tokens that are too old to be told from unknown ones, and its empty families.
    private Mono<Void> purgeDead(UUID account, Instant now) {
        return database.sql("""
                        WITH dead AS (
                            DELETE FROM refresh_token t USING refresh_family f
                             WHERE f.id = t.family_id AND f.account_id = $1 AND t.expires_at <= $2)
                        DELETE FROM refresh_family f
                         WHERE f.account_id = $1
                           AND NOT EXISTS (
                               SELECT FROM refresh_token t WHERE t.family_id = f.id AND t.expires_at > $2)""")
                .bind(0, account)
                .bind(1, now)
                .fetch()
                .rowsUpdated()
                .then();
    }

    private String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
