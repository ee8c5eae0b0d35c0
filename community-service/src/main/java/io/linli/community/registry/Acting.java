package io.linli.community.registry;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Turns the caller of a request into the one who acts in a community.
@Component
public class Acting {
    private static final String OPERATOR = "operator";

    private final Communities communities;
    private final Transactions transactions;

    Acting(Communities communities, Transactions transactions) {
        this.communities = communities;
        this.transactions = transactions;
    }

    /// *Errors:* 403 `not-a-member`; for the operator 404 `community-not-found`.
    public Mono<Actor> in(UUID community) {
        return Caller.current().flatMap(caller -> {
            var membership = caller.memberships().get(community);
            if (membership == null && caller.scopes().contains(OPERATOR)) {
                return exists(community).thenReturn(toActor(caller, null));
            }
            return Mono.fromSupplier(() -> toActor(caller, caller.in(community)));
        });
    }

    private Mono<Community> exists(UUID community) {
        return transactions
                .in(community, () -> communities.find(community))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "community-not-found")));
    }

    private static Actor toActor(Caller caller, @Nullable Membership membership) {
        var operator = caller.scopes().contains(OPERATOR);
        if (membership == null) {
            return new Actor(caller.subject(), null, null, null, Set.of(), operator);
        }
        return new Actor(
                caller.subject(),
                membership.member(),
                id(membership, "household"),
                id(membership, "building"),
                Role.ofTexts(membership.roles()),
                operator);
    }

    private static @Nullable UUID id(Membership membership, String attribute) {
        return membership.attributes().containsKey(attribute) ? membership.uuid(attribute) : null;
    }
}
