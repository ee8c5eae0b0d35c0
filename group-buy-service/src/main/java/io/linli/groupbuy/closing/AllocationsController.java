package io.linli.groupbuy.closing;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.allocation.Allocation;
import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.allocation.Explanation;
import io.linli.groupbuy.api.AllocationDetails;
import io.linli.groupbuy.api.AllocationGrant;
import io.linli.groupbuy.api.AllocationList;
import io.linli.groupbuy.api.AllocationOccasion;
import io.linli.groupbuy.api.AllocationPolicy;
import io.linli.groupbuy.api.AllocationSummary;
import io.linli.groupbuy.api.AllocationsApi;
import io.linli.groupbuy.api.HouseholdShare;
import io.linli.groupbuy.api.LineAllocation;
import io.linli.groupbuy.api.OrderAllocation;
import io.linli.groupbuy.api.PlaceInLine;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class AllocationsController implements AllocationsApi {
    private final ReadAllocations readAllocations;
    private final ExplanationTexts texts;
    private final Transactions transactions;

    AllocationsController(ReadAllocations readAllocations, ExplanationTexts texts, Transactions transactions) {
        this.readAllocations = readAllocations;
        this.texts = texts;
        this.transactions = transactions;
    }

    @Override
    public Mono<AllocationList> listAllocations(
            UUID community, UUID groupBuy, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        var request = new Page.Request(limit, cursor);
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(reader -> transactions.in(community, () -> readAllocations.list(groupBuy, reader, request)))
                .map(rows -> Page.byId(rows, request, AllocationRun.Head::id))
                .map(AllocationsController::toList);
    }

    @Override
    public Mono<AllocationDetails> getAllocation(
            UUID community, UUID groupBuy, UUID allocation, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(reader -> transactions.in(community, () -> readAllocations.get(groupBuy, allocation, reader)))
                .map(AllocationsController::toDetails);
    }

    @Override
    public Mono<OrderAllocation> explainAllocation(UUID community, UUID order, ServerWebExchange exchange) {
        var language = ExplanationTexts.language(exchange.getRequest().getHeaders());
        return Caller.current()
                .map(caller -> caller.as(community, "resident"))
                .flatMap(reader -> transactions.in(community, () -> readAllocations.explain(order, reader)))
                .map(explained -> toOrderAllocation(explained, language));
    }

    private static AllocationList toList(Page<AllocationRun.Head> page) {
        return new AllocationList(page.items().stream()
                        .map(AllocationsController::toSummary)
                        .toList())
                .next(page.next());
    }

    private static AllocationSummary toSummary(AllocationRun.Head head) {
        return new AllocationSummary(
                head.id(),
                head.item(),
                head.run(),
                AllocationOccasion.valueOf(head.occasion().name()),
                AllocationPolicy.valueOf(head.policy().name()),
                head.supply(),
                head.claimed(),
                head.granted(),
                head.madeAt());
    }

    private static AllocationDetails toDetails(AllocationRun run) {
        var summary = toSummary(run.head());
        return new AllocationDetails(
                summary.getAllocationId(),
                summary.getItemId(),
                summary.getRun(),
                summary.getOccasion(),
                summary.getPolicy(),
                summary.getSupply(),
                summary.getClaimed(),
                summary.getGranted(),
                summary.getMadeAt(),
                run.replay().grants().equals(run.grants()),
                run.grants().stream().map(AllocationsController::toGrant).toList());
    }

    private static AllocationGrant toGrant(Allocation.Grant grant) {
        return new AllocationGrant(grant.order(), grant.household(), grant.claimed(), grant.granted());
    }

    private OrderAllocation toOrderAllocation(ReadAllocations.ExplainedOrder explained, Locale language) {
        var order = explained.order();
        var lines =
                explained.lines().stream().map(line -> toLine(line, language)).toList();
        return new OrderAllocation(order.id(), order.groupBuyId(), lines);
    }

    private LineAllocation toLine(ReadAllocations.Explained line, Locale language) {
        var head = line.head();
        return new LineAllocation(
                line.line().itemId(),
                line.line().name(),
                AllocationOccasion.valueOf(head.occasion().name()),
                AllocationPolicy.valueOf(head.policy().name()),
                head.madeAt(),
                head.supply(),
                head.claimed(),
                line.grant().claimed(),
                line.grant().granted(),
                toShare(line.why()),
                line.replayed(),
                texts.tell(head, line.why(), language));
    }

    private static HouseholdShare toShare(Explanation why) {
        var share = new HouseholdShare(why.claimed(), why.granted());
        return switch (why) {
            case Explanation.Queued queued ->
                share.need(queued.need())
                        .places(queued.places().stream()
                                .map(AllocationsController::toPlace)
                                .toList());
            case Explanation.Shared shared ->
                share.members(shared.members()).perMember(shared.perMember()).rest(shared.rest());
        };
    }

    private static PlaceInLine toPlace(Explanation.Place place) {
        return new PlaceInLine(place.order(), place.at(), place.quantity(), place.ahead(), place.granted());
    }
}
