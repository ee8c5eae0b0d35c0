package io.linli.partner.referral;

import static io.linli.kit.data.Columns.required;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The referrals of all partners; whoever reads or changes one says which partner asks.
@Repository
class Referrals {
    private static final String SELECT = """
            SELECT id, community_id, request_id, partner_id, kind, urgency, need, text, answer_by, referred_at, state
              FROM referral""";

    private final DatabaseClient database;

    Referrals(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> add(Referral referral) {
        var need = referral.need();
        return database.sql("""
                        INSERT INTO referral (id, community_id, request_id, partner_id, kind, urgency, need, text,
                            answer_by, referred_at, state)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting')
                        ON CONFLICT (id) DO NOTHING""")
                .bind(0, referral.id())
                .bind(1, referral.community())
                .bind(2, referral.request())
                .bind(3, referral.partner())
                .bind(4, need.kind())
                .bind(5, need.urgency())
                .bind(6, need.level())
                .bind(7, need.text() == null ? Parameters.in(String.class) : Parameters.in(need.text()))
                .bind(8, need.answerBy())
                .bind(9, referral.referredAt())
                .then();
    }

    Mono<Referral> find(UUID community, UUID partner, UUID id) {
        return database.sql(SELECT + " WHERE id = $1 AND partner_id = $2 AND community_id = $3")
                .bind(0, id)
                .bind(1, partner)
                .bind(2, community)
                .map(Referrals::toReferral)
                .one();
    }

    /// The referral, locked until the transaction ends.
    ///
    /// @param partner whose it must be; null for the request's own news
    Mono<Referral> lock(UUID community, @Nullable UUID partner, UUID id) {
        return database.sql(SELECT + " " + """
                         WHERE id = $1 AND ($2::uuid IS NULL OR partner_id = $2) AND community_id = $3 FOR UPDATE""")
                .bind(0, id)
                .bind(1, partner == null ? Parameters.in(UUID.class) : Parameters.in(partner))
                .bind(2, community)
                .map(Referrals::toReferral)
                .one();
    }

    /// Newest first, after the referral `before` where given.
    Mono<List<Referral>> list(UUID community, UUID partner, @Nullable UUID before, int limit) {
        return database.sql(SELECT + " " + """
                         WHERE community_id = $1 AND partner_id = $2 AND ($3::uuid IS NULL OR id < $3)
                         ORDER BY id DESC LIMIT $4""")
                .bind(0, community)
                .bind(1, partner)
                .bind(2, before == null ? Parameters.in(UUID.class) : Parameters.in(before))
                .bind(3, limit)
                .map(Referrals::toReferral)
                .all()
                .collectList();
    }

    Mono<Void> save(Referral referral) {
        var text = referral.need().text();
        return database.sql("UPDATE referral SET state = $2, text = $3 WHERE id = $1")
                .bind(0, referral.id())
                .bind(1, referral.state().word())
                .bind(2, text == null ? Parameters.in(String.class) : Parameters.in(text))
                .then();
    }

    private static Referral toReferral(Readable row) {
        var need = new Referral.Need(
                required(row, 4, String.class),
                required(row, 5, String.class),
                required(row, 6, Integer.class),
                row.get(7, String.class),
                required(row, 8, Instant.class));
        return new Referral(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, UUID.class),
                need,
                required(row, 9, Instant.class),
                Referral.State.ofWord(required(row, 10, String.class)));
    }
}
