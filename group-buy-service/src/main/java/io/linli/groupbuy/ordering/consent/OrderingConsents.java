package io.linli.groupbuy.ordering.consent;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.ordering.consent.OrderingConsent.Channel;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `ordering_consent`; one in force per household and buyer (UNIQUE).
@Repository
class OrderingConsents {
    private static final int LISTED_MAX = 200;
    private static final String COLUMNS =
            "id, community_id, household_id, building_id, buyer_member_id, channel, noted_by, given_at, withdrawn_at";

    private final DatabaseClient database;

    OrderingConsents(DatabaseClient database) {
        this.database = database;
    }

    /// Stores it unless one is in force already; answers the one in force.
    Mono<OrderingConsent> insert(OrderingConsent consent) {
        return database.sql("""
                        INSERT INTO ordering_consent (id, community_id, household_id, buyer_member_id, channel, noted_by,
                                                      given_at, building_id)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                        ON CONFLICT (household_id, buyer_member_id) WHERE withdrawn_at IS NULL DO NOTHING""")
                .bind(0, consent.id())
                .bind(1, consent.community())
                .bind(2, consent.household())
                .bind(3, consent.buyerMember())
                .bind(4, consent.channel().name().toLowerCase(Locale.ROOT))
                .bind(5, consent.notedBy())
                .bind(6, consent.givenAt())
                .bind(7, consent.building() == null ? Parameters.in(UUID.class) : Parameters.in(consent.building()))
                .then()
                .then(Mono.defer(() -> find(consent.household(), consent.buyerMember())));
    }

    /// The one in force, or empty.
    Mono<OrderingConsent> find(UUID household, UUID buyerMember) {
        return database.sql("SELECT " + COLUMNS + """
                         FROM ordering_consent
                        WHERE household_id = $1 AND buyer_member_id = $2 AND withdrawn_at IS NULL""")
                .bind(0, household)
                .bind(1, buyerMember)
                .map(OrderingConsents::toConsent)
                .one();
    }

    Mono<OrderingConsent> lock(UUID id) {
        return database.sql("SELECT " + COLUMNS + " FROM ordering_consent WHERE id = $1 FOR UPDATE")
                .bind(0, id)
                .map(OrderingConsents::toConsent)
                .one();
    }

    Mono<OrderingConsent> withdraw(UUID id, Instant now) {
        return database.sql("UPDATE ordering_consent SET withdrawn_at = $2 WHERE id = $1 RETURNING " + COLUMNS)
                .bind(0, id)
                .bind(1, now)
                .map(OrderingConsents::toConsent)
                .one();
    }

    /// Those that a household, if there is one, gave, a member got, or a floor leader noted, newest first, at most 200.
    Mono<List<OrderingConsent>> list(@Nullable UUID household, UUID member) {
        return database.sql("SELECT " + COLUMNS + """
                         FROM ordering_consent
                        WHERE household_id = $1 OR buyer_member_id = $2 OR noted_by = $2 ORDER BY id DESC LIMIT $3""")
                .bind(0, household == null ? Parameters.in(UUID.class) : Parameters.in(household))
                .bind(1, member)
                .bind(2, LISTED_MAX)
                .map(OrderingConsents::toConsent)
                .all()
                .collectList();
    }

    private static OrderingConsent toConsent(Readable row) {
        return new OrderingConsent(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                row.get(3, UUID.class),
                required(row, 4, UUID.class),
                Channel.valueOf(required(row, 5, String.class).toUpperCase(Locale.ROOT)),
                required(row, 6, UUID.class),
                required(row, 7, Instant.class),
                row.get(8, Instant.class));
    }
}
