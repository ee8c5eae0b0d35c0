package io.linli.station.code;

import static io.linli.kit.data.Columns.required;

import io.linli.kit.data.Ids;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/// The pick-up codes: one lives per household as long as something waits for it, and no two that live are alike.
@Repository
public class PickUpCodes {
    private static final int NONCE_BYTES = 16;
    private static final int DRAWS_MAX = 5;

    private final DatabaseClient database;
    private final CodeBook book;
    private final SecureRandom random;

    private record Drawn(UUID household, byte[] nonce, byte[] lookup) {}

    /// A household's code while it lives.
    public final class LiveCode {
        private final byte[] nonce;
        private final byte[] lookup;

        private LiveCode(byte[] nonce, byte[] lookup) {
            this.nonce = nonce;
            this.lookup = lookup;
        }

        /// What its household reads aloud.
        public String text() {
            return book.toCode(nonce);
        }

        /// Whether the spoken code is this one; takes the same time for every wrong code.
        public boolean opensWith(String spoken) {
            return MessageDigest.isEqual(lookup, book.toLookup(spoken));
        }
    }

    PickUpCodes(DatabaseClient database, CodeBook book, SecureRandom random) {
        this.database = database;
        this.book = book;
        this.random = random;
    }

    /// What may be stored of a spoken code.
    public String toFingerprint(String spoken) {
        return HexFormat.of().formatHex(book.toLookup(spoken));
    }

    /// Gives each of these households a code unless it has one. A code that lives already somewhere is drawn again.
    public Mono<Void> issue(UUID community, Collection<UUID> households, Instant now) {
        if (households.isEmpty()) {
            return Mono.empty();
        }
        return findWithout(community, households)
                .flatMap(without -> insert(community, without, now))
                .flatMap(collided -> collided > 0
                        ? Mono.<Void>error(new DuplicateKeyException("a drawn pick-up code lives already"))
                        : Mono.<Void>empty())
                .retryWhen(Retry.max(DRAWS_MAX).filter(DuplicateKeyException.class::isInstance));
    }

    private Mono<List<UUID>> findWithout(UUID community, Collection<UUID> households) {
        return database.sql("""
                        SELECT household FROM unnest(:households) AS household
                        EXCEPT
                        SELECT household_id FROM pick_up_code WHERE community_id = :community AND died_at IS NULL""")
                .bind("community", community)
                .bind("households", households.toArray(UUID[]::new))
                .map((row, _) -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    /// How many could not be stored because their code lives already.
    private Mono<Long> insert(UUID community, List<UUID> households, Instant now) {
        if (households.isEmpty()) {
            return Mono.just(0L);
        }
        var drawn = households.stream().map(this::draw).toList();
        return database.sql("""
                        INSERT INTO pick_up_code (id, community_id, household_id, nonce, lookup, issued_at)
                        SELECT id, :community, household, decode(nonce, 'hex'), decode(lookup, 'hex'), :now
                          FROM unnest(:ids, :households, :nonces, :lookups) AS drawn (id, household, nonce, lookup)
                            ON CONFLICT DO NOTHING""")
                .bind("community", community)
                .bind("now", now)
                .bind("ids", each(drawn, _ -> Ids.next(), UUID[]::new))
                .bind("households", each(drawn, Drawn::household, UUID[]::new))
                .bind("nonces", each(drawn, code -> HexFormat.of().formatHex(code.nonce()), String[]::new))
                .bind("lookups", each(drawn, code -> HexFormat.of().formatHex(code.lookup()), String[]::new))
                .fetch()
                .rowsUpdated()
                .map(stored -> drawn.size() - stored);
    }

    private Drawn draw(UUID household) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return new Drawn(household, nonce, book.toLookup(book.toCode(nonce)));
    }

    private static <T> T[] each(List<Drawn> drawn, Function<Drawn, T> part, IntFunction<T[]> array) {
        return drawn.stream().map(part).toArray(array);
    }

    /// Ends the codes of these households, and with them what was counted of wrong guesses at them.
    public Mono<Void> retire(UUID community, Collection<UUID> households, Instant now) {
        if (households.isEmpty()) {
            return Mono.empty();
        }
        return database.sql("""
                        WITH forgotten AS (
                            DELETE FROM label_guess
                             WHERE community_id = :community AND household_id = ANY (:households))
                        UPDATE pick_up_code SET died_at = :now
                         WHERE community_id = :community AND household_id = ANY (:households) AND died_at IS NULL""")
                .bind("community", community)
                .bind("households", households.toArray(UUID[]::new))
                .bind("now", now)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /// Replaces the household's code; the old one is dead at once.
    public Mono<Void> renew(UUID community, UUID household, Instant now) {
        return retire(community, List.of(household), now).then(issue(community, List.of(household), now));
    }

    /// The household's code, when one lives.
    public Mono<LiveCode> findLive(UUID community, UUID household) {
        return database.sql("""
                        SELECT nonce, lookup FROM pick_up_code
                         WHERE community_id = :community AND household_id = :household AND died_at IS NULL""")
                .bind("community", community)
                .bind("household", household)
                .map((row, _) -> new LiveCode(required(row, 0, byte[].class), required(row, 1, byte[].class)))
                .one();
    }
}
