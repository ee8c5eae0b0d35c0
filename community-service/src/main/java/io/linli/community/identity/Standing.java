package io.linli.community.identity;

import io.linli.community.CommunitySettings;
import io.linli.community.households.FindMembers;
import io.linli.community.households.MembershipOfPhone;
import io.linli.community.privacy.BlindIndex;
import io.linli.community.privacy.Phone;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What the holder of a phone may be at this moment: memberships in all communities, and whether it is the operator.
@Component
class Standing {
    private final FindMembers findMembers;
    private final AccessTokens accessTokens;
    private final byte @Nullable [] operatorIndex;

    Standing(FindMembers findMembers, AccessTokens accessTokens, BlindIndex index, CommunitySettings settings) {
        this.findMembers = findMembers;
        this.accessTokens = accessTokens;
        this.operatorIndex =
                settings.operatorPhone() == null || settings.operatorPhone().isBlank()
                        ? null
                        : index.ofPhone(operatorPhone(settings.operatorPhone()));
    }

    private static Phone operatorPhone(String setting) {
        return Phone.parse(setting)
                .orElseThrow(() -> new IllegalStateException("linli.community.operator-phone is not a phone number"));
    }

    record Found(boolean operator, List<MembershipOfPhone> memberships) {
        boolean isRegistered() {
            return operator || !memberships.isEmpty();
        }
    }

    /// Needs a transaction across communities.
    Mono<Found> find(byte[] phoneIndex) {
        return findMembers
                .memberships(phoneIndex)
                .map(memberships -> new Found(Arrays.equals(phoneIndex, operatorIndex), memberships));
    }

    LogInResult toSession(UUID account, Found found, String refreshToken) {
        return new LogInResult.Session(
                accessTokens.issue(account, found.operator(), found.memberships()),
                accessTokens.life(),
                refreshToken,
                found.memberships());
    }
}
