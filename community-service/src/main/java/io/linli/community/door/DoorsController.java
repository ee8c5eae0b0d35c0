package io.linli.community.door;

import io.linli.community.Page;
import io.linli.community.api.AddressesAsked;
import io.linli.community.api.Door;
import io.linli.community.api.DoorList;
import io.linli.community.api.DoorsApi;
import io.linli.community.api.DoorsAsked;
import io.linli.community.api.FoundHousehold;
import io.linli.community.api.HouseholdLookup;
import io.linli.community.api.HouseholdMatch;
import io.linli.community.api.ListedDoor;
import io.linli.community.api.MatchList;
import io.linli.community.api.MatchedHousehold;
import io.linli.community.api.Reveal;
import io.linli.community.api.RevealPage;
import io.linli.community.households.Household;
import io.linli.community.households.MatchHouseholds;
import io.linli.community.privacy.BlindIndex;
import io.linli.community.privacy.Phone;
import io.linli.community.registry.Acting;
import io.linli.community.registry.Actor;
import io.linli.community.registry.Role;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class DoorsController implements DoorsApi {
    private final Acting acting;
    private final ShowDoor showDoor;
    private final LookUpHousehold lookUpHousehold;
    private final ListReveals listReveals;
    private final RequireLeader requireLeader;
    private final ShowDoors showDoors;
    private final MatchHouseholds matchHouseholds;
    private final BlindIndex index;
    private final Transactions transactions;
    private final Writes writes;

    DoorsController(
            Acting acting,
            ShowDoor showDoor,
            LookUpHousehold lookUpHousehold,
            ListReveals listReveals,
            RequireLeader requireLeader,
            ShowDoors showDoors,
            MatchHouseholds matchHouseholds,
            BlindIndex index,
            Transactions transactions,
            Writes writes) {
        this.acting = acting;
        this.showDoor = showDoor;
        this.lookUpHousehold = lookUpHousehold;
        this.listReveals = listReveals;
        this.requireLeader = requireLeader;
        this.showDoors = showDoors;
        this.matchHouseholds = matchHouseholds;
        this.index = index;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Mono<Door> getDoor(UUID communityId, UUID householdId, ServerWebExchange exchange) {
        return acting.in(communityId)
                .flatMap(actor -> transactions.in(communityId, () -> showDoor.handle(communityId, actor, householdId)))
                .map(DoorsController::toAnswer);
    }

    private static Door toAnswer(ShowDoor.Shown shown) {
        var household = shown.household();
        var door = new Door(household.buildingName(), household.unitName(), household.floor(), household.room());
        if (shown.members().isEmpty()) {
            return door;
        }
        var first = shown.members().getFirst();
        var phone = first.phone();
        return door.name(first.name())
                .phoneMasked(phone == null ? null : shown.own() ? phone.maskedForOwner() : phone.masked());
    }

    @Override
    public Mono<RevealPage> listReveals(
            UUID communityId, UUID householdId, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        return acting.in(communityId)
                .doOnNext(actor -> requireOwn(actor, householdId))
                .flatMap(_ ->
                        transactions.in(communityId, () -> listReveals.handle(householdId, Page.before(cursor), limit)))
                .map(DoorsController::toAnswer);
    }

    private static void requireOwn(Actor actor, UUID household) {
        if (!actor.livesIn(household)) {
            throw Problem.of(HttpStatus.FORBIDDEN, "not-your-household");
        }
    }

    private static RevealPage toAnswer(ListReveals.Listed listed) {
        return new RevealPage(listed.page().items().stream()
                        .map(reveal -> new Reveal(
                                        reveal.id(),
                                        Reveal.WhatEnum.fromValue(reveal.what().text()),
                                        reveal.role(),
                                        reveal.at())
                                .display(
                                        reveal.member() == null
                                                ? null
                                                : listed.displays().get(reveal.member()))
                                .taskId(reveal.task()))
                        .toList())
                .next(listed.page().next());
    }

    /// The fingerprint kept for repeats is made of the phone's blind index: a plain hash of a phone can be guessed.
    @Override
    public Mono<FoundHousehold> lookUpHousehold(
            UUID communityId, Mono<HouseholdLookup> body, @Nullable String key, ServerWebExchange exchange) {
        return acting.in(communityId)
                .map(actor -> actor.require(Role.KEEPER, Role.FLOOR_LEADER))
                .flatMap(actor -> body.map(asked -> Phone.required(asked.getPhone()))
                        .flatMap(phone -> writes.once(
                                exchange,
                                communityId,
                                fingerprint(phone),
                                FoundHousehold.class,
                                () -> lookUpHousehold
                                        .handle(communityId, actor, phone)
                                        .map(found -> new FoundHousehold(found.id(), found.buildingName())))));
    }

    /// A look, not a write: it is logged each time, and its answer must not be kept.
    @Override
    public Mono<DoorList> listDoors(UUID communityId, Mono<DoorsAsked> body, ServerWebExchange exchange) {
        return acting.in(communityId)
                .flatMap(actor -> body.flatMap(asked ->
                        transactions.in(communityId, () -> showDoors(communityId, actor, asked.getHouseholdIds()))))
                .map(found -> new DoorList(
                        found.stream().map(DoorsController::toListed).toList()));
    }

    private Mono<List<Household>> showDoors(UUID community, Actor actor, List<UUID> households) {
        return requireLeader
                .handle(community, actor, households)
                .flatMap(leader -> showDoors.handle(community, leader, households));
    }

    private static ListedDoor toListed(Household household) {
        return new ListedDoor(
                household.id(), household.buildingName(), household.unitName(), household.floor(), household.room());
    }

    @Override
    public Mono<MatchList> matchHouseholds(UUID communityId, Mono<AddressesAsked> body, ServerWebExchange exchange) {
        return acting.in(communityId)
                .map(actor -> actor.require(Role.LEADER, Role.FLOOR_LEADER))
                .then(body)
                .map(asked -> asked.getAddresses().stream()
                        .map(each -> new MatchHouseholds.Address(each.getBuilding(), each.getUnit(), each.getRoom()))
                        .toList())
                .flatMap(addresses -> transactions.in(communityId, () -> matchHouseholds.handle(addresses)))
                .map(matches -> new MatchList(
                        matches.stream().map(DoorsController::toMatch).toList()));
    }

    private static HouseholdMatch toMatch(Set<MatchHouseholds.Match> found) {
        return new HouseholdMatch(found.stream()
                .map(match -> new MatchedHousehold(match.household(), match.building()))
                .toList());
    }

    private String fingerprint(Phone phone) {
        return HexFormat.of().formatHex(index.ofPhone(phone));
    }
}
