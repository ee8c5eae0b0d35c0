package io.linli.community.households;

import io.linli.kit.data.Ids;
import io.linli.kit.messaging.Outbox;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Registers a household with its first members and tells the other services, in the caller's transaction.
@Component
class RegisterHousehold {
    private final Households households;
    private final Members members;
    private final Outbox outbox;

    RegisterHousehold(Households households, Members members, Outbox outbox) {
        this.households = households;
        this.members = members;
        this.outbox = outbox;
    }

    record Command(UUID unit, String room, int floor, int size, List<NewPerson> members) {}

    record Registered(Household household, List<Member> members) {}

    /// *Errors:* 404 `unit-not-found`, 409 `room-taken`, 409 `phone-taken`.
    Mono<Registered> handle(UUID community, Command command) {
        return households
                .insert(community, Ids.next(), command.unit(), command.room(), command.floor(), command.size())
                .flatMap(household -> outbox.publish(HouseholdChanged.of(household))
                        .thenMany(insertMembers(household, command.members()))
                        .collectList()
                        .map(registered -> new Registered(household, registered)));
    }

    private Flux<Member> insertMembers(Household household, List<NewPerson> people) {
        return Flux.fromIterable(people)
                .concatMap(person -> members.insert(household.community(), person.toMember(household.id())));
    }
}
