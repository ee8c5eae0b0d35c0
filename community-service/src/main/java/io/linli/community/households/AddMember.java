package io.linli.community.households;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Adds a member, with or without a household, in the caller's transaction.
@Component
class AddMember {
    private final FindHousehold findHousehold;
    private final Members members;

    AddMember(FindHousehold findHousehold, Members members) {
        this.findHousehold = findHousehold;
        this.members = members;
    }

    /// *Errors:* 404 `household-not-found`, 409 `phone-taken`.
    Mono<Member> handle(UUID community, @Nullable UUID household, NewPerson person) {
        var insert = Mono.defer(() -> members.insert(community, person.toMember(household)));
        return household == null ? insert : findHousehold.get(household).then(insert);
    }
}
