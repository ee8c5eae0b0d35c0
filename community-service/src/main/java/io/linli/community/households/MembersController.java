package io.linli.community.households;

import io.linli.community.api.KnownMembers;
import io.linli.community.api.LeadersAsked;
import io.linli.community.api.Me;
import io.linli.community.api.Member;
import io.linli.community.api.MembersApi;
import io.linli.community.api.MembersAsked;
import io.linli.community.api.NewMember;
import io.linli.community.api.Role;
import io.linli.community.api.Roles;
import io.linli.community.privacy.Phone;
import io.linli.community.registry.Acting;
import io.linli.community.registry.Actor;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class MembersController implements MembersApi {
    private final Acting acting;
    private final AddMember addMember;
    private final Members members;
    private final Transactions transactions;
    private final Writes writes;

    MembersController(Acting acting, AddMember addMember, Members members, Transactions transactions, Writes writes) {
        this.acting = acting;
        this.addMember = addMember;
        this.members = members;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Mono<Member> addMember(
            UUID communityId, Mono<NewMember> body, @Nullable String key, ServerWebExchange exchange) {
        return acting.in(communityId)
                .map(Actor::require)
                .then(body)
                .flatMap(asked -> writes.once(
                        exchange,
                        communityId,
                        asked,
                        Member.class,
                        () -> addMember
                                .handle(
                                        communityId,
                                        asked.getHouseholdId(),
                                        toPerson(asked.getName(), asked.getPhone(), asked.getRoles()))
                                .map(MembersController::toAnswer)));
    }

    @Override
    public Mono<Member> setRoles(
            UUID communityId, UUID memberId, Mono<Roles> body, @Nullable String key, ServerWebExchange exchange) {
        return acting.in(communityId)
                .map(Actor::require)
                .then(body)
                .flatMap(asked -> writes.once(
                        exchange,
                        communityId,
                        asked,
                        Member.class,
                        () -> members.setRoles(memberId, ofApi(asked.getRoles()))
                                .switchIfEmpty(Mono.error(MembersController::notFound))
                                .map(MembersController::toAnswer)));
    }

    @Override
    public Mono<Me> getMe(UUID communityId, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(communityId))
                .flatMap(me -> transactions
                        .in(communityId, () -> members.find(me.member()))
                        .switchIfEmpty(Mono.error(MembersController::notFound))
                        .map(member -> toMe(member, me.attributes().get("building"))));
    }

    @Override
    public Mono<KnownMembers> findKnownMembers(UUID communityId, Mono<MembersAsked> body, ServerWebExchange exchange) {
        return acting.in(communityId)
                .then(body)
                .flatMap(asked -> transactions.in(
                        communityId,
                        () -> members.findKnown(
                                asked.getMemberIds(), asked.getMayLead() ? Members.MAY_LEAD : Set.of())))
                .map(known -> new KnownMembers(new LinkedHashSet<>(known)));
    }

    @Override
    public Mono<KnownMembers> findKnownLeaders(UUID community, Mono<LeadersAsked> body, ServerWebExchange exchange) {
        return body.flatMap(asked ->
                        transactions.in(community, () -> members.findKnown(asked.getMemberIds(), Members.MAY_ANNOUNCE)))
                .map(known -> new KnownMembers(new LinkedHashSet<>(known)));
    }

    private static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "member-not-found");
    }

    static NewPerson toPerson(String name, @Nullable String phone, List<Role> roles) {
        return new NewPerson(name.strip(), phone == null ? null : Phone.required(phone), ofApi(roles));
    }

    private static Set<io.linli.community.registry.Role> ofApi(List<Role> roles) {
        return io.linli.community.registry.Role.ofTexts(
                roles.stream().map(Role::getValue).toList());
    }

    static List<Role> toRoles(Collection<io.linli.community.registry.Role> roles) {
        return roles.stream().map(role -> Role.fromValue(role.text())).toList();
    }

    static Member toAnswer(io.linli.community.households.Member member) {
        var answer = new Member(member.id(), member.display(), toRoles(member.roles())).householdId(member.household());
        return member.phone() == null
                ? answer
                : answer.phoneMasked(member.phone().masked());
    }

    private static Me toMe(io.linli.community.households.Member member, @Nullable String building) {
        var me = new Me(member.id(), member.name(), toRoles(member.roles()))
                .householdId(member.household())
                .buildingId(building == null ? null : UUID.fromString(building));
        return member.phone() == null ? me : me.phoneMasked(member.phone().maskedForOwner());
    }
}
