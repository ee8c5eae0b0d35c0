package io.linli.community.households;

import static io.linli.kit.data.Columns.required;

import io.linli.community.privacy.Binding;
import io.linli.community.privacy.BlindIndex;
import io.linli.community.privacy.Masked;
import io.linli.community.privacy.Phone;
import io.linli.community.privacy.Sealer;
import io.linli.community.registry.Role;
import io.linli.kit.web.Problem;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Members; names and phones are sealed on the way in and opened on the way out, phones are found by blind index.
@Repository
class Members {
    /// To whom a group buy may be handed.
    static final Set<Role> MAY_LEAD = Set.of(Role.LEADER, Role.RESIDENT);

    /// Who may announce one.
    static final Set<Role> MAY_ANNOUNCE = Set.of(Role.LEADER, Role.COORDINATOR);

    private static final String COLUMNS =
            "SELECT m.id, m.community_id, m.household_id, m.name_sealed, m.phone_sealed, m.roles FROM member m ";
    private static final int PAGE = 200;

    private final DatabaseClient database;
    private final Sealer sealer;
    private final BlindIndex index;

    Members(DatabaseClient database, Sealer sealer, BlindIndex index) {
        this.database = database;
        this.sealer = sealer;
        this.index = index;
    }

    /// *Errors:* 409 `phone-taken`.
    Mono<Member> insert(UUID community, Member member) {
        return database.sql("""
                        INSERT INTO member
                               (community_id, id, household_id, name_sealed, phone_sealed, phone_index, roles)
                        VALUES ($1, $2, $3, $4, $5, $6, $7)""")
                .bind(0, community)
                .bind(1, member.id())
                .bind(2, member.household() == null ? Parameters.in(UUID.class) : Parameters.in(member.household()))
                .bind(3, sealer.seal(member.name(), Binding.ofName(community, member.household(), member.id())))
                .bind(4, nullable(sealedPhone(community, member)))
                .bind(5, nullable(member.phone() == null ? null : index.ofPhone(member.phone())))
                .bind(6, texts(member.roles()))
                .fetch()
                .rowsUpdated()
                .thenReturn(member)
                .onErrorMap(DuplicateKeyException.class, _ -> Problem.of(HttpStatus.CONFLICT, "phone-taken"));
    }

    private byte @Nullable [] sealedPhone(UUID community, Member member) {
        return member.phone() == null
                ? null
                : sealer.seal(member.phone().e164(), Binding.ofPhone(community, member.household(), member.id()));
    }

    private static io.r2dbc.spi.Parameter nullable(byte @Nullable [] bytes) {
        return bytes == null ? Parameters.in(byte[].class) : Parameters.in(bytes);
    }

    private static String[] texts(Set<Role> roles) {
        return roles.stream().map(Role::text).toArray(String[]::new);
    }

    Mono<Member> find(UUID member) {
        return database.sql(COLUMNS + "WHERE m.id = $1")
                .bind(0, member)
                .map(this::read)
                .one();
    }

    Mono<List<Member>> findThese(Collection<UUID> members) {
        return database.sql(COLUMNS + "WHERE m.id = ANY ($1)")
                .bind(0, members.toArray(UUID[]::new))
                .map(this::read)
                .all()
                .collectList();
    }

    /// Those of these ids that are members here with any of the roles; without roles every member counts.
    Mono<List<UUID>> findKnown(Collection<UUID> ids, Set<Role> anyRole) {
        return database.sql("SELECT id FROM member WHERE id = ANY ($1) AND (cardinality($2) = 0 OR roles && $2)")
                .bind(0, ids.toArray(UUID[]::new))
                .bind(1, texts(anyRole))
                .map(row -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }

    /// In the order they were registered.
    Mono<List<Member>> findOf(UUID household) {
        return database.sql(COLUMNS + "WHERE m.household_id = $1 ORDER BY m.id LIMIT $2")
                .bind(0, household)
                .bind(1, PAGE)
                .map(this::read)
                .all()
                .collectList();
    }

    Mono<Member> findByPhone(UUID community, Phone phone) {
        return database.sql(COLUMNS + "WHERE m.phone_index = $1 AND m.community_id = $2")
                .bind(0, index.ofPhone(phone))
                .bind(1, community)
                .map(this::read)
                .one();
    }

    /// Empty when the member is not there.
    Mono<Member> setRoles(UUID member, Set<Role> roles) {
        return database.sql("""
                        UPDATE member SET roles = $2 WHERE id = $1
                        RETURNING id, community_id, household_id, name_sealed, phone_sealed, roles""")
                .bind(0, member)
                .bind(1, texts(roles))
                .map(this::read)
                .one();
    }

    /// All communities of a phone; needs a transaction across communities.
    Mono<List<MembershipOfPhone>> findMemberships(byte[] phoneIndex) {
        return database.sql("""
                        SELECT m.id, m.community_id, m.household_id, m.name_sealed, m.roles, u.building_id, c.zone
                          FROM member m
                          JOIN community c ON c.community_id = m.community_id
                          LEFT JOIN household h ON h.id = m.household_id
                          LEFT JOIN unit u ON u.id = h.unit_id
                         WHERE m.phone_index = $1 ORDER BY m.id LIMIT $2""")
                .bind(0, phoneIndex)
                .bind(1, PAGE)
                .map(this::readMembership)
                .all()
                .collectList();
    }

    private MembershipOfPhone readMembership(Readable row) {
        var member = required(row, 0, UUID.class);
        var community = required(row, 1, UUID.class);
        var household = row.get(2, UUID.class);
        var name = sealer.open(required(row, 3, byte[].class), Binding.ofName(community, household, member));
        return new MembershipOfPhone(
                community,
                member,
                household,
                row.get(5, UUID.class),
                Masked.name(name),
                required(row, 6, String.class),
                roles(required(row, 4, String[].class)));
    }

    private Member read(Readable row) {
        var id = required(row, 0, UUID.class);
        var community = required(row, 1, UUID.class);
        var household = row.get(2, UUID.class);
        var phone = row.get(4, byte[].class);
        return new Member(
                id,
                household,
                sealer.open(required(row, 3, byte[].class), Binding.ofName(community, household, id)),
                phone == null ? null : new Phone(sealer.open(phone, Binding.ofPhone(community, household, id))),
                roles(required(row, 5, String[].class)));
    }

    private static Set<Role> roles(String[] texts) {
        return Role.ofTexts(Arrays.asList(texts));
    }
}
