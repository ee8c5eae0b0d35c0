package io.linli.community.registry;

import io.linli.community.Page;
import io.linli.community.api.CommunitiesApi;
import io.linli.community.api.Community;
import io.linli.community.api.CommunityPage;
import io.linli.community.api.NewCommunity;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class CommunitiesController implements CommunitiesApi {
    private static final String OPERATOR = "operator";

    private final Communities communities;
    private final CreateCommunity createCommunity;
    private final Transactions transactions;
    private final Writes writes;

    CommunitiesController(
            Communities communities, CreateCommunity createCommunity, Transactions transactions, Writes writes) {
        this.communities = communities;
        this.createCommunity = createCommunity;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Mono<Community> createCommunity(
            Mono<NewCommunity> body, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> idOfIntent(caller.requireScope(OPERATOR), idempotencyKey))
                .flatMap(id -> body.flatMap(asked -> writes.once(
                        exchange,
                        id,
                        asked,
                        Community.class,
                        () -> createCommunity
                                .handle(id, asked.getName(), asked.getZone())
                                .map(CommunitiesController::toAnswer))));
    }

    /// The same key of the same operator names the same community: its stored answer lies in that community, which
    /// has to be known before it is looked for.
    private static UUID idOfIntent(Caller caller, @Nullable String idempotencyKey) {
        return UUID.nameUUIDFromBytes((caller.subject() + "|" + idempotencyKey).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Mono<CommunityPage> listCommunities(Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        return Caller.current()
                .flatMap(caller -> transactions.acrossCommunities(() -> find(caller, Page.after(cursor), limit + 1)))
                .map(found -> Page.of(found, limit, io.linli.community.registry.Community::id))
                .map(page -> new CommunityPage(page.items().stream()
                                .map(CommunitiesController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    private Mono<List<io.linli.community.registry.Community>> find(Caller caller, UUID after, int limit) {
        return caller.scopes().contains(OPERATOR)
                ? communities.findAll(after, limit)
                : communities.findThese(caller.memberships().keySet(), after, limit);
    }

    @Override
    public Mono<Community> getCommunity(UUID communityId, ServerWebExchange exchange) {
        return Caller.current()
                .doOnNext(caller -> {
                    if (!caller.scopes().contains(OPERATOR)) {
                        caller.in(communityId);
                    }
                })
                .flatMap(_ -> transactions.in(communityId, () -> communities.find(communityId)))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "community-not-found")))
                .map(CommunitiesController::toAnswer);
    }

    private static Community toAnswer(io.linli.community.registry.Community community) {
        return new Community(community.id(), community.name(), community.zone(), community.createdAt());
    }
}
