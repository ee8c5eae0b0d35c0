package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.GroupBuyDetails;
import io.linli.groupbuy.api.GroupBuyKind;
import io.linli.groupbuy.api.GroupBuyList;
import io.linli.groupbuy.api.GroupBuyState;
import io.linli.groupbuy.api.GroupBuySummary;
import io.linli.groupbuy.api.GroupBuysApi;
import io.linli.groupbuy.api.ItemDetails;
import io.linli.groupbuy.api.PriceTier;
import io.linli.groupbuy.lifecycle.GroupBuy.Cancelled;
import io.linli.groupbuy.lifecycle.GroupBuy.Closed;
import io.linli.groupbuy.lifecycle.GroupBuy.Decided;
import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class GroupBuysController implements GroupBuysApi {
    private final FindGroupBuy findGroupBuy;
    private final GroupBuys groupBuys;
    private final Transactions transactions;

    GroupBuysController(FindGroupBuy findGroupBuy, GroupBuys groupBuys, Transactions transactions) {
        this.findGroupBuy = findGroupBuy;
        this.groupBuys = groupBuys;
        this.transactions = transactions;
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
                .flatMap(viewer -> transactions.in(community, () -> groupBuys.list(viewer, state, request)))
                .map(rows -> Page.byId(rows, request, row -> row.terms().id()))
                .map(GroupBuysController::toList);
    }

    @Override
    public Mono<GroupBuyDetails> getGroupBuy(UUID community, UUID groupBuy, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(viewer -> transactions.in(community, () -> findGroupBuy.seenBy(viewer, groupBuy)))
                .map(GroupBuysController::toDetails)
                .map(details -> tag(details, exchange));
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
                local(terms, terms.opensAt()),
                local(terms, terms.closesAt()),
                terms.minParticipants());
        return switch (groupBuy) {
            case Draft _, Scheduled _, Open _ -> summary;
            case Closed closed -> summary.closedAt(closed.closedAt());
            case Decided decided ->
                summary.closedAt(decided.closedAt())
                        .participants(decided.participants())
                        .amountFen(decided.outcome().amountFen())
                        .cases(decided.outcome().cases());
            case Cancelled cancelled ->
                summary.cancelledAt(cancelled.cancelledAt()).cancelReason(cancelled.reason());
        };
    }

    /// The answer, with its version as `ETag`.
    static GroupBuyDetails tag(GroupBuyDetails details, ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().setETag("\"" + details.getVersion() + "\"");
        return details;
    }

    /// With which the caller's own right to ask is passed on.
    static String authorization(ServerWebExchange exchange) {
        return Objects.requireNonNullElse(exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION), "");
    }

    static GroupBuyDetails toDetails(OfferedGroupBuy offered) {
        var terms = offered.groupBuy().terms();
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
                                .toList(),
                        terms.coLeaders(),
                        terms.zone().getId(),
                        summary.getOpensAtLocal(),
                        summary.getClosesAtLocal(),
                        toAnswer(terms.conditions()),
                        terms.capacityUnchecked(),
                        terms.version())
                .closedAt(summary.getClosedAt())
                .participants(summary.getParticipants())
                .amountFen(summary.getAmountFen())
                .cases(summary.getCases())
                .cancelledAt(summary.getCancelledAt())
                .cancelReason(summary.getCancelReason());
    }

    private static io.linli.groupbuy.api.Conditions toAnswer(Conditions conditions) {
        var delivery = conditions.delivery();
        return new io.linli.groupbuy.api.Conditions()
                .stationId(delivery.stationId())
                .deliveryDate(delivery.day())
                .buildingIds(delivery.buildings())
                .paymentMode(io.linli.groupbuy.api.PaymentMode.valueOf(
                        conditions.payment().name()))
                .feeFlatFen(conditions.fee().flatFen())
                .feePerMille(conditions.fee().perMille())
                .courierFen(conditions.shares().courierFen())
                .fundPerMille(conditions.shares().fundPerMille())
                .minAmountFen(conditions.minAmountFen())
                .minCases(conditions.minCases())
                .kind(GroupBuyKind.valueOf(conditions.kind().name()))
                .allocationPolicy(io.linli.groupbuy.api.AllocationPolicy.valueOf(
                        conditions.policy().name()));
    }

    private static ItemDetails toItemDetails(Item item) {
        var packing = item.packing();
        return new ItemDetails(
                item.id(),
                item.name(),
                item.unit(),
                item.weightGrams(),
                item.priceFen(),
                item.stock(),
                item.sold(),
                item.left(),
                item.limitPerHousehold(),
                io.linli.groupbuy.api.Temperature.valueOf(packing.temperature().name()),
                BigDecimal.valueOf(packing.volumeMillilitres(), 3),
                item.tiers().stream()
                        .map(tier -> new PriceTier(tier.fromQuantity(), tier.priceFen()))
                        .toList(),
                packing.caseSize(),
                packing.tolerance());
    }

    /// An instant as the clocks of the community show it.
    private static String local(Terms terms, Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(terms.zone()));
    }

    private static GroupBuyState toState(GroupBuy groupBuy) {
        return GroupBuyState.fromValue(GroupBuyRows.toState(groupBuy));
    }
}
