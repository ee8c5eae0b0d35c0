package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.PreparedWrites;
import io.linli.groupbuy.api.GroupBuyDetails;
import io.linli.groupbuy.api.Leaders;
import io.linli.groupbuy.api.LeadingApi;
import io.linli.groupbuy.capacity.Room;
import io.linli.groupbuy.lifecycle.FindRoomForGroupBuy.Question;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Announcing group buys and handing them over, over HTTP.
@RestController
class LeadingController implements LeadingApi {
    private final LeadGroupBuy leadGroupBuy;
    private final FindGroupBuy findGroupBuy;
    private final FindRoomForGroupBuy findRoom;
    private final Transactions transactions;
    private final Writes writes;
    private final PreparedWrites preparedWrites;
    private final WelcomeLeaders welcomeLeaders;
    private final Clock clock;

    LeadingController(
            LeadGroupBuy leadGroupBuy,
            FindGroupBuy findGroupBuy,
            FindRoomForGroupBuy findRoom,
            Transactions transactions,
            Writes writes,
            PreparedWrites preparedWrites,
            WelcomeLeaders welcomeLeaders,
            Clock clock) {
        this.leadGroupBuy = leadGroupBuy;
        this.findGroupBuy = findGroupBuy;
        this.findRoom = findRoom;
        this.transactions = transactions;
        this.writes = writes;
        this.preparedWrites = preparedWrites;
        this.welcomeLeaders = welcomeLeaders;
        this.clock = clock;
    }

    private record Asked(Membership by, UUID leader, Set<UUID> coLeaders, Leaders body) {
        static Asked of(Membership by, Leaders body) {
            var coLeaders = Objects.requireNonNullElse(body.getCoLeaderIds(), Set.<UUID>of());
            return new Asked(by, body.getLeaderId(), coLeaders, body);
        }

        Set<UUID> leaders() {
            return Set.copyOf(Terms.leaders(leader, coLeaders));
        }
    }

    @Override
    public Mono<GroupBuyDetails> publishGroupBuy(
            UUID community, UUID groupBuy, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(publisher -> findDraft(publisher, groupBuy, exchange)
                        .flatMap(draft -> write(
                                exchange,
                                publisher,
                                "",
                                () -> leadGroupBuy.publish(
                                        groupBuy, draft.version(), publisher, draft.room(), clock.instant()))));
    }

    /// The version of a draft and the room for it.
    private record RoomFor(int version, Room room) {}

    /// What cannot be announced is refused later, by the write itself.
    private Mono<RoomFor> findDraft(Membership publisher, UUID groupBuy, ServerWebExchange exchange) {
        var authorization = GroupBuysController.authorization(exchange);
        return transactions
                .in(publisher.community(), () -> findGroupBuy.withItems(groupBuy))
                .flatMap(found -> findRoom.request(Question.about(found, authorization))
                        .map(room -> new RoomFor(found.groupBuy().terms().version(), room)))
                .onErrorResume(Problem.class, _ -> Mono.just(new RoomFor(0, new Room.Unknown())));
    }

    @Override
    public Mono<GroupBuyDetails> handOverGroupBuy(
            UUID community, UUID groupBuy, Mono<Leaders> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(by -> body.map(asked -> Asked.of(by, asked)))
                .flatMap(asked -> preparedWrites.once(
                        exchange,
                        community,
                        asked.body(),
                        GroupBuyDetails.class,
                        () -> welcomeLeaders.handle(groupBuy, asked.by(), asked.leaders()),
                        _ -> handOver(groupBuy, asked)))
                .map(details -> GroupBuysController.tag(details, exchange));
    }

    private Mono<GroupBuyDetails> handOver(UUID groupBuy, Asked asked) {
        return leadGroupBuy
                .handOver(groupBuy, asked.by(), asked.leader(), asked.coLeaders(), clock.instant())
                .map(GroupBuysController::toDetails);
    }

    private Mono<GroupBuyDetails> write(
            ServerWebExchange exchange, Membership by, Object body, Supplier<Mono<OfferedGroupBuy>> effect) {
        return writes.once(
                        exchange,
                        by.community(),
                        body,
                        GroupBuyDetails.class,
                        () -> effect.get().map(GroupBuysController::toDetails))
                .map(details -> GroupBuysController.tag(details, exchange));
    }
}
