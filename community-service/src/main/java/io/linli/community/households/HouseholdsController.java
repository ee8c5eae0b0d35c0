package io.linli.community.households;

import io.linli.community.Page;
import io.linli.community.api.Care;
import io.linli.community.api.Household;
import io.linli.community.api.HouseholdPage;
import io.linli.community.api.HouseholdSummary;
import io.linli.community.api.HouseholdsApi;
import io.linli.community.api.NewHousehold;
import io.linli.community.api.NewPerson;
import io.linli.community.api.Person;
import io.linli.community.api.RegisteredHousehold;
import io.linli.community.privacy.Masked;
import io.linli.community.registry.Acting;
import io.linli.community.registry.Actor;
import io.linli.community.registry.Role;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Writes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class HouseholdsController implements HouseholdsApi {
    private final Acting acting;
    private final RegisterHousehold registerHousehold;
    private final ShowHousehold showHousehold;
    private final Households households;
    private final Transactions transactions;
    private final Writes writes;

    HouseholdsController(
            Acting acting,
            RegisterHousehold registerHousehold,
            ShowHousehold showHousehold,
            Households households,
            Transactions transactions,
            Writes writes) {
        this.acting = acting;
        this.registerHousehold = registerHousehold;
        this.showHousehold = showHousehold;
        this.households = households;
        this.transactions = transactions;
        this.writes = writes;
    }

    /// The answer is masked because it is stored for repeats of the request.
    @Override
    public Mono<RegisteredHousehold> registerHousehold(
            UUID communityId, Mono<NewHousehold> body, @Nullable String key, ServerWebExchange exchange) {
        return acting.in(communityId)
                .map(Actor::require)
                .then(body)
                .flatMap(asked -> writes.once(
                        exchange,
                        communityId,
                        asked,
                        RegisteredHousehold.class,
                        () -> registerHousehold
                                .handle(communityId, toCommand(asked))
                                .map(HouseholdsController::toAnswer)));
    }

    private static RegisterHousehold.Command toCommand(NewHousehold asked) {
        return new RegisterHousehold.Command(
                asked.getUnitId(),
                asked.getRoom().strip(),
                asked.getFloor(),
                asked.getSize(),
                people(asked).stream()
                        .map(person ->
                                MembersController.toPerson(person.getName(), person.getPhone(), person.getRoles()))
                        .toList());
    }

    private static List<NewPerson> people(NewHousehold asked) {
        return asked.getMembers() == null ? List.of() : asked.getMembers();
    }

    @Override
    public Mono<HouseholdPage> listHouseholds(
            UUID communityId,
            @Nullable UUID buildingId,
            Integer limit,
            @Nullable String cursor,
            ServerWebExchange exchange) {
        return acting.in(communityId)
                .map(actor -> actor.require(Role.KEEPER, Role.FLOOR_LEADER))
                .map(actor -> visibleBuilding(actor, buildingId))
                .flatMap(building -> transactions.in(
                        communityId,
                        () -> households.findPage(communityId, building.id(), Page.after(cursor), limit + 1)))
                .map(found -> Page.of(found, limit, io.linli.community.households.Household::id))
                .map(page -> new HouseholdPage(page.items().stream()
                                .map(HouseholdsController::toSummary)
                                .toList())
                        .next(page.next()));
    }

    private record Filter(@Nullable UUID id) {}

    /// Who is only a floor leader sees the own building, whatever was asked for.
    private static Filter visibleBuilding(Actor actor, @Nullable UUID asked) {
        if (actor.manages() || actor.has(Role.KEEPER)) {
            return new Filter(asked);
        }
        return new Filter(actor.building() == null ? new UUID(0, 0) : actor.building());
    }

    @Override
    public Mono<Household> getHousehold(UUID communityId, UUID householdId, ServerWebExchange exchange) {
        return acting.in(communityId)
                .flatMap(actor -> transactions.in(communityId, () -> showHousehold.handle(actor, householdId)))
                .map(HouseholdsController::toAnswer);
    }

    private static Household toAnswer(ShowHousehold.Shown shown) {
        var household = shown.household();
        var care = household.care();
        return new Household(
                household.id(),
                household.version(),
                household.building(),
                household.buildingName(),
                household.unit(),
                household.unitName(),
                household.floor(),
                household.room(),
                household.size(),
                new Care(care.mobility(), care.quarantine(), care.frail(), care.doorstep()),
                household.stationConsent(),
                shown.members().stream()
                        .map(member -> toPerson(member, shown.own()))
                        .toList());
    }

    private static Person toPerson(Member member, boolean own) {
        var person = new Person(
                member.id(), own ? member.name() : member.display(), MembersController.toRoles(member.roles()));
        return member.phone() == null
                ? person
                : person.phoneMasked(
                        own ? member.phone().maskedForOwner() : member.phone().masked());
    }

    private static HouseholdSummary toSummary(io.linli.community.households.Household household) {
        return new HouseholdSummary(
                household.id(),
                household.version(),
                household.building(),
                household.buildingName(),
                household.unit(),
                household.unitName(),
                household.floor(),
                Masked.room(household.room()),
                household.size(),
                household.care().doorstep(),
                household.stationConsent());
    }

    private static RegisteredHousehold toAnswer(RegisterHousehold.Registered registered) {
        var household = registered.household();
        return new RegisteredHousehold(
                household.id(),
                household.version(),
                household.building(),
                household.unit(),
                household.floor(),
                Masked.room(household.room()),
                household.size(),
                household.care().doorstep(),
                household.stationConsent(),
                registered.members().stream().map(MembersController::toAnswer).toList());
    }
}
