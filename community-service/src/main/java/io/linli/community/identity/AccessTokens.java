package io.linli.community.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import io.linli.community.CommunitySettings;
import io.linli.community.households.MembershipOfPhone;
import io.linli.community.registry.Role;
import io.linli.kit.data.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Issues the tokens that every service verifies by the published key.
@Component
class AccessTokens {
    private static final String LINLI = "linli";
    private static final Duration SERVICE_TOKEN_LIFE = Duration.ofMinutes(1);
    private static final UUID OURSELVES = UUID.nameUUIDFromBytes("community-service".getBytes(StandardCharsets.UTF_8));

    private final SigningKey key;
    private final Duration life;
    private final Clock clock;

    AccessTokens(SigningKey key, CommunitySettings settings, Clock clock) {
        this.key = key;
        this.life = Duration.ofMinutes(settings.accessTokenMinutes());
        this.clock = clock;
    }

    Duration life() {
        return life;
    }

    String issue(UUID account, boolean operator, List<MembershipOfPhone> memberships) {
        var claims = begin(account, life)
                .claim(
                        "memberships",
                        memberships.stream().map(AccessTokens::toClaim).toList());
        return key.sign((operator ? claims.claim("scope", "operator") : claims).build());
    }

    /// For our own calls to other services.
    String issueForService() {
        return key.sign(
                begin(OURSELVES, SERVICE_TOKEN_LIFE).claim("scope", "service").build());
    }

    private JWTClaimsSet.Builder begin(UUID subject, Duration life) {
        var now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(LINLI)
                .audience(LINLI)
                .subject(subject.toString())
                .jwtID(Ids.next().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)));
    }

    private static Map<String, Object> toClaim(MembershipOfPhone membership) {
        var claim = new LinkedHashMap<String, Object>();
        claim.put("community", membership.community().toString());
        claim.put("member", membership.member().toString());
        if (membership.household() != null) {
            claim.put("household", membership.household().toString());
        }
        if (membership.building() != null) {
            claim.put("building", membership.building().toString());
        }
        claim.put("display", membership.display());
        claim.put("zone", membership.zone());
        claim.put("roles", membership.roles().stream().map(Role::text).toList());
        return claim;
    }
}
