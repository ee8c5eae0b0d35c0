package io.linli.groupbuy.recurring;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.CopiedGroupBuy;
import io.linli.groupbuy.api.GroupBuyTemplate;
import io.linli.groupbuy.api.GroupBuyTemplateList;
import io.linli.groupbuy.api.NewOpening;
import io.linli.groupbuy.api.NewTemplate;
import io.linli.groupbuy.api.TemplatesApi;
import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.OfferedGroupBuy;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Copies and templates over HTTP.
@RestController
class TemplatesController implements TemplatesApi {
    private static final String[] LEADERS = {"leader", "coordinator"};

    private final Templates templates;
    private final CopyGroupBuy copyGroupBuy;
    private final FindGroupBuy findGroupBuy;
    private final Transactions transactions;
    private final Writes writes;
    private final Clock clock;

    TemplatesController(
            Templates templates,
            CopyGroupBuy copyGroupBuy,
            FindGroupBuy findGroupBuy,
            Transactions transactions,
            Writes writes,
            Clock clock) {
        this.templates = templates;
        this.copyGroupBuy = copyGroupBuy;
        this.findGroupBuy = findGroupBuy;
        this.transactions = transactions;
        this.writes = writes;
        this.clock = clock;
    }

    private record Asked<T>(Membership leader, T body) {}

    @Override
    public Mono<CopiedGroupBuy> copyGroupBuy(
            UUID community, UUID groupBuy, Mono<NewOpening> body, @Nullable String key, ServerWebExchange exchange) {
        return asked(community, body)
                .flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked.body(),
                        CopiedGroupBuy.class,
                        () -> copy(asked.leader(), groupBuy, asked.body().getOpensAt())));
    }

    @Override
    public Mono<CopiedGroupBuy> useTemplate(
            UUID community, UUID template, Mono<NewOpening> body, @Nullable String key, ServerWebExchange exchange) {
        return asked(community, body)
                .flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked.body(),
                        CopiedGroupBuy.class,
                        () -> templates
                                .get(template)
                                .flatMap(found -> copy(
                                        asked.leader(),
                                        found.groupBuyId(),
                                        asked.body().getOpensAt()))));
    }

    @Override
    public Mono<GroupBuyTemplate> saveTemplate(
            UUID community, Mono<NewTemplate> body, @Nullable String key, ServerWebExchange exchange) {
        return asked(community, body)
                .flatMap(asked ->
                        writes.once(exchange, community, asked.body(), GroupBuyTemplate.class, () -> save(asked)));
    }

    @Override
    public Mono<GroupBuyTemplateList> listTemplates(
            UUID community, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        var request = new Page.Request(limit, cursor);
        return Caller.current()
                .map(caller -> caller.as(community, LEADERS))
                .then(transactions.in(community, () -> templates.list(community, request)))
                .map(rows -> Page.byId(rows, request, Template::id))
                .map(page -> new GroupBuyTemplateList(page.items().stream()
                                .map(TemplatesController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    private static <T> Mono<Asked<T>> asked(UUID community, Mono<T> body) {
        return Caller.current()
                .map(caller -> caller.as(community, LEADERS))
                .flatMap(leader -> body.map(asked -> new Asked<>(leader, asked)));
    }

    private Mono<GroupBuyTemplate> save(Asked<NewTemplate> asked) {
        var body = asked.body();
        var template = new Template(Ids.next(), asked.leader().community(), body.getName(), body.getGroupBuyId());
        return findGroupBuy
                .seenBy(asked.leader(), template.groupBuyId())
                .then(templates.insert(template, clock.instant()))
                .map(TemplatesController::toAnswer);
    }

    private Mono<CopiedGroupBuy> copy(Membership leader, UUID groupBuy, Instant opensAt) {
        return findGroupBuy
                .seenBy(leader, groupBuy)
                .flatMap(source -> copyGroupBuy.asDraft(source, leader.member(), opensAt, clock.instant()))
                .map(TemplatesController::toAnswer);
    }

    private static CopiedGroupBuy toAnswer(OfferedGroupBuy copy) {
        var terms = copy.groupBuy().terms();
        return new CopiedGroupBuy(terms.id(), terms.opensAt(), terms.closesAt())
                .deliveryDate(terms.conditions().delivery().day());
    }

    private static GroupBuyTemplate toAnswer(Template template) {
        return new GroupBuyTemplate(template.id(), template.name(), template.groupBuyId());
    }
}
