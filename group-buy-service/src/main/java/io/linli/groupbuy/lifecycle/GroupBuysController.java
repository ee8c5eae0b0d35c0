package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.GroupBuyDetails;
import io.linli.groupbuy.api.GroupBuyList;
import io.linli.groupbuy.api.GroupBuyState;
import io.linli.groupbuy.api.GroupBuySummary;
import io.linli.groupbuy.api.GroupBuysApi;
import io.linli.groupbuy.api.ItemDetails;
import io.linli.groupbuy.api.NewGroupBuy;
import io.linli.groupbuy.api.NewItem;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Formed;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class GroupBuysController implements GroupBuysApi {
    private final CreateGroupBuy createGroupBuy;
    private final FindGroupBuy findGroupBuy;
    private final GroupBuys groupBuys;
    private final Writes writes;
    private final Transactions transactions;
    private final Clock clock;

    GroupBuysController(
            CreateGroupBuy createGroupBuy,
            FindGroupBuy findGroupBuy,
            GroupBuys groupBuys,
            Writes writes,
            Transactions transactions,
            Clock clock) {
        this.createGroupBuy = createGroupBuy;
        this.findGroupBuy = findGroupBuy;
        this.groupBuys = groupBuys;
        this.writes = writes;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Asked(Membership leader, NewGroupBuy body) {}

    @Override
    public Mono<GroupBuyDetails> createGroupBuy(
            UUID community, Mono<NewGroupBuy> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "leader"))
                .flatMap(leader -> body.map(asked -> new Asked(leader, asked)))
                .flatMap(asked ->
                        writes.once(exchange, community, asked.body(), GroupBuyDetails.class, () -> create(asked)));
    }

    @Override
    public Mono<GroupBuyList> listGroupBuys(
            UUID community,
            @Nullable String state,
            Integer limit,
            @Nullable String cursor,
            ServerWebExchange exchange) {
        var request = new Page.Request(limit, cursor);
        return Caller.current()
                .map(caller -> caller.in(community))
                .then(transactions.in(community, () -> groupBuys.list(community, state, request)))
                .map(rows -> Page.byId(rows, request, row -> row.terms().id()))
                .map(GroupBuysController::toList);
    }

    @Override
    public Mono<GroupBuyDetails> getGroupBuy(UUID community, UUID groupBuy, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .then(transactions.in(community, () -> findGroupBuy.withItems(groupBuy)))
                .map(GroupBuysController::toDetails);
    }

    private Mono<GroupBuyDetails> create(Asked asked) {
        var body = asked.body();
        var command = new CreateGroupBuy.Command(
                asked.leader(),
                body.getSupplierId(),
                body.getTitle(),
                body.getOpensAt(),
                body.getClosesAt(),
                body.getMinParticipants(),
                body.getItems().stream().map(GroupBuysController::toItem).toList());
        return createGroupBuy.handle(command, clock.instant()).map(GroupBuysController::toDetails);
    }

    private static Item toItem(NewItem item) {
        return new Item(
                Ids.next(),
                item.getName(),
                item.getUnit(),
                item.getWeightGrams(),
                item.getPriceFen(),
                item.getStock(),
                0,
                item.getLimitPerHousehold());
    }

    private static GroupBuyList toList(Page<GroupBuy> page) {
        return new GroupBuyList(page.items().stream()
                        .map(GroupBuysController::toSummary)
                        .toList())
                .next(page.next());
    }

    private static GroupBuySummary toSummary(GroupBuy groupBuy) {
        var terms = groupBuy.terms();
        var summary = new GroupBuySummary(
                terms.id(),
                terms.supplierId(),
                terms.supplierName(),
                terms.title(),
                toState(groupBuy),
                terms.leaderId(),
                terms.opensAt(),
                terms.closesAt(),
                terms.minParticipants());
        return switch (groupBuy) {
            case Scheduled _, Open _ -> summary;
            case Formed formed -> summary.closedAt(formed.closedAt()).participants(formed.participants());
            case Failed failed -> summary.closedAt(failed.closedAt()).participants(failed.participants());
        };
    }

    private static GroupBuyDetails toDetails(OfferedGroupBuy offered) {
        var summary = toSummary(offered.groupBuy());
        return new GroupBuyDetails(
                        summary.getGroupBuyId(),
                        summary.getSupplierId(),
                        summary.getSupplierName(),
                        summary.getTitle(),
                        summary.getState(),
                        summary.getLeaderId(),
                        summary.getOpensAt(),
                        summary.getClosesAt(),
                        summary.getMinParticipants(),
                        offered.items().stream()
                                .map(GroupBuysController::toItemDetails)
                                .toList())
                .closedAt(summary.getClosedAt())
                .participants(summary.getParticipants());
    }

    private static ItemDetails toItemDetails(Item item) {
        return new ItemDetails(
                item.id(),
                item.name(),
                item.unit(),
                item.weightGrams(),
                item.priceFen(),
                item.stock(),
                item.sold(),
                item.left(),
                item.limitPerHousehold());
    }

    private static GroupBuyState toState(GroupBuy groupBuy) {
        return switch (groupBuy) {
            case Scheduled _ -> GroupBuyState.SCHEDULED;
            case Open _ -> GroupBuyState.OPEN;
            case Formed _ -> GroupBuyState.FORMED;
            case Failed _ -> GroupBuyState.FAILED;
        };
    }
}
