package io.linli.community.households;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Reads members for other features, in the caller's transaction.
@Component
public class FindMembers {
    private final Members members;

    FindMembers(Members members) {
        this.members = members;
    }

    /// The masked names of these members; who is no longer there is left out.
    public Mono<Map<UUID, String>> displays(Collection<UUID> ids) {
        return members.findThese(ids)
                .map(found -> found.stream().collect(Collectors.toMap(Member::id, Member::display)));
    }

    /// What the holder of a phone is in all communities; needs a transaction across communities.
    public Mono<List<MembershipOfPhone>> memberships(byte[] phoneIndex) {
        return members.findMemberships(phoneIndex);
    }
}
