package io.linli.partner.sandbox;

import java.time.Instant;
import java.util.Locale;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The simulated WeChat's codes; each is good once, for one purpose, until it expires.
@Repository
@InSandbox
class SandboxCodes {
    private final DatabaseClient database;

    SandboxCodes(DatabaseClient database) {
        this.database = database;
    }

    enum Purpose {
        LOGIN,
        PHONE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Mono<Void> add(String code, Purpose purpose, String phone, Instant expiresAt) {
        return database.sql("""
                        INSERT INTO sandbox_wechat_code (code, purpose, phone, expires_at) VALUES ($1, $2, $3, $4)""")
                .bind(0, code)
                .bind(1, purpose.word())
                .bind(2, phone)
                .bind(3, expiresAt)
                .then();
    }

    /// The phone number behind the code, once; empty when it is wrong, used or too old.
    Mono<String> use(String code, Purpose purpose, Instant now) {
        return database.sql("""
                        UPDATE sandbox_wechat_code SET used_at = $3
                         WHERE code = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
                        RETURNING phone""")
                .bind(0, code)
                .bind(1, purpose.word())
                .bind(2, now)
                .mapValue(String.class)
                .one();
    }

    Mono<Void> forgetExpired(Instant before) {
        return database.sql("DELETE FROM sandbox_wechat_code WHERE expires_at < $1")
                .bind(0, before)
                .then();
    }
}
