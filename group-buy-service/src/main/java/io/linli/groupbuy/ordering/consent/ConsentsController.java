package io.linli.groupbuy.ordering.consent;

import io.linli.groupbuy.PreparedWrites;
import io.linli.groupbuy.allocation.FindBuilding;
import io.linli.groupbuy.api.ConsentChannel;
import io.linli.groupbuy.api.ConsentDetails;
import io.linli.groupbuy.api.ConsentList;
import io.linli.groupbuy.api.ConsentsApi;
import io.linli.groupbuy.api.NewConsent;
import io.linli.groupbuy.community.RequireMembers;
import io.linli.groupbuy.ordering.consent.OrderingConsent.Channel;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ConsentsController implements ConsentsApi {
    private final OrderingConsents consents;
    private final FindBuilding findBuilding;
    private final RequireMembers requireMembers;
    private final PreparedWrites preparedWrites;
    private final Writes writes;
    private final Transactions transactions;
    private final Clock clock;

    ConsentsController(
            OrderingConsents consents,
            FindBuilding findBuilding,
            RequireMembers requireMembers,
            PreparedWrites preparedWrites,
            Writes writes,
            Transactions transactions,
            Clock clock) {
        this.consents = consents;
        this.findBuilding = findBuilding;
        this.requireMembers = requireMembers;
        this.preparedWrites = preparedWrites;
        this.writes = writes;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Noting(Membership noter, NewConsent body) {}

    @Override
    public Mono<ConsentDetails> giveOrderingConsent(
            UUID community, Mono<NewConsent> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "resident", "floor-leader"))
                .flatMap(noter -> body.map(consent -> new Noting(noter, consent)))
                .flatMap(noting -> preparedWrites.once(
                        exchange,
                        community,
                        noting.body(),
                        ConsentDetails.class,
                        () -> requireBuyer(noting),
                        _ -> note(noting)));
    }

    /// Who may not speak for the household learns nothing of who is a member.
    private Mono<Set<UUID>> requireBuyer(Noting noting) {
        var community = noting.noter().community();
        return transactions
                .in(community, () -> requireSpeaker(noting))
                .then(Mono.defer(() ->
                        requireMembers.handle(community, Set.of(noting.body().getBuyerMemberId()))));
    }

    private Mono<ConsentDetails> note(Noting noting) {
        return requireSpeaker(noting).then(Mono.defer(() -> store(noting)));
    }

    private Mono<Boolean> requireSpeaker(Noting noting) {
        return maySpeakFor(noting)
                .filter(may -> may)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.FORBIDDEN, "not-your-household")));
    }

    /// Nobody but a floor leader of its building speaks for another household, and a floor leader does not click in its
    /// app.
    private Mono<Boolean> maySpeakFor(Noting noting) {
        var noter = noting.noter();
        var household = noting.body().getHouseholdId();
        if (household.toString().equals(noter.attributes().get("household"))) {
            return Mono.just(true);
        }
        if (!noter.hasAny("floor-leader") || noting.body().getChannel() == ConsentChannel.APP) {
            return Mono.just(false);
        }
        return findBuilding
                .of(noter.community(), household)
                .map(building -> building.equals(building(noter)))
                .defaultIfEmpty(false);
    }

    private Mono<ConsentDetails> store(Noting noting) {
        var body = noting.body();
        var consent = new OrderingConsent(
                Ids.next(),
                noting.noter().community(),
                body.getHouseholdId(),
                building(noting.noter()),
                body.getBuyerMemberId(),
                Channel.valueOf(body.getChannel().name()),
                noting.noter().member(),
                clock.instant(),
                null);
        return consents.insert(consent).map(ConsentsController::toAnswer);
    }

    private static @Nullable UUID building(Membership noter) {
        return id(noter, "building");
    }

    private static @Nullable UUID household(Membership reader) {
        return id(reader, "household");
    }

    private static @Nullable UUID id(Membership member, String attribute) {
        var value = member.attributes().get(attribute);
        return value == null ? null : UUID.fromString(value);
    }

    @Override
    public Mono<ConsentDetails> withdrawOrderingConsent(
            UUID community, UUID consent, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "resident", "floor-leader"))
                .flatMap(withdrawer -> writes.once(
                        exchange, community, "", ConsentDetails.class, () -> withdraw(consent, withdrawer)));
    }

    private Mono<ConsentDetails> withdraw(UUID id, Membership withdrawer) {
        return consents.lock(id)
                .filter(consent -> consent.household()
                                .toString()
                                .equals(withdrawer.attributes().get("household"))
                        || consent.notedBy().equals(withdrawer.member()))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "ordering-consent-unknown")))
                .filter(consent -> consent.withdrawnAt() == null)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.CONFLICT, "ordering-consent-withdrawn")))
                .flatMap(_ -> consents.withdraw(id, clock.instant()))
                .map(ConsentsController::toAnswer);
    }

    @Override
    public Mono<ConsentList> listOrderingConsents(UUID community, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "resident", "floor-leader"))
                .flatMap(reader -> transactions.in(community, () -> consents.list(household(reader), reader.member())))
                .map(found -> new ConsentList(
                        found.stream().map(ConsentsController::toAnswer).toList()));
    }

    private static ConsentDetails toAnswer(OrderingConsent consent) {
        return new ConsentDetails(
                        consent.id(),
                        consent.household(),
                        consent.buyerMember(),
                        ConsentChannel.valueOf(consent.channel().name()),
                        consent.givenAt())
                .withdrawnAt(consent.withdrawnAt());
    }
}
