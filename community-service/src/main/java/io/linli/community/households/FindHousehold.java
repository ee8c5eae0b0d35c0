package io.linli.community.households;

import io.linli.community.privacy.Phone;
import io.linli.community.registry.Actor;
import io.linli.kit.web.Problem;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Reads households for other features, in the caller's transaction.
@Component
public class FindHousehold {
    private final Households households;
    private final Members members;

    FindHousehold(Households households, Members members) {
        this.households = households;
        this.members = members;
    }

    /// *Errors:* 404 `household-not-found`.
    public Mono<Household> get(UUID household) {
        return households
                .find(household)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "household-not-found")));
    }

    /// Those of these households that are here.
    public Mono<List<Household>> findThese(List<UUID> ids) {
        return households.findThese(ids);
    }

    /// A household the actor may speak for. *Errors:* 404 `household-not-found`, 403 `not-your-household`.
    public Mono<Household> getFor(Actor actor, UUID household) {
        return get(household).doOnNext(found -> {
            if (!actor.speaksFor(found.id(), found.building())) {
                throw Problem.of(HttpStatus.FORBIDDEN, "not-your-household");
            }
        });
    }

    /// The household of the member with this phone. *Errors:* 404 `phone-not-found`.
    public Mono<Household> getByPhone(UUID community, Phone phone) {
        return members.findByPhone(community, phone)
                .mapNotNull(Member::household)
                .flatMap(households::find)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "phone-not-found")));
    }

    /// Its people, in the order they were registered.
    public Mono<List<Member>> findMembers(UUID household) {
        return members.findOf(household);
    }
}
