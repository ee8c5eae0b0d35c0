package io.linli.groupbuy.payment;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.CashConfirmation;
import io.linli.groupbuy.api.CashPayments;
import io.linli.groupbuy.api.HandBack;
import io.linli.groupbuy.api.HandedBack;
import io.linli.groupbuy.api.MoneyMeans;
import io.linli.groupbuy.api.OrderMoney;
import io.linli.groupbuy.api.PaymentsApi;
import io.linli.groupbuy.api.RefundDetails;
import io.linli.groupbuy.api.RefundList;
import io.linli.groupbuy.api.RefundReason;
import io.linli.groupbuy.api.RefundState;
import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.groupbuy.ordering.ReadOrders;
import io.linli.groupbuy.payment.ConfirmCash.Collected;
import io.linli.groupbuy.payment.ConfirmCash.Command;
import io.linli.groupbuy.settlement.Balance;
import io.linli.groupbuy.settlement.ConfirmRefunds;
import io.linli.groupbuy.settlement.Means;
import io.linli.groupbuy.settlement.ReadMoney;
import io.linli.groupbuy.settlement.RefundView;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class PaymentsController implements PaymentsApi {
    private final ConfirmCash confirmCash;
    private final ConfirmRefunds confirmRefunds;
    private final ReadMoney readMoney;
    private final ReadOrders readOrders;
    private final FindGroupBuy findGroupBuy;
    private final LedGroupBuy ledGroupBuy;
    private final Writes writes;
    private final Transactions transactions;
    private final Clock clock;

    PaymentsController(
            ConfirmCash confirmCash,
            ConfirmRefunds confirmRefunds,
            ReadMoney readMoney,
            ReadOrders readOrders,
            FindGroupBuy findGroupBuy,
            LedGroupBuy ledGroupBuy,
            Writes writes,
            Transactions transactions,
            Clock clock) {
        this.confirmCash = confirmCash;
        this.confirmRefunds = confirmRefunds;
        this.readMoney = readMoney;
        this.readOrders = readOrders;
        this.findGroupBuy = findGroupBuy;
        this.ledGroupBuy = ledGroupBuy;
        this.writes = writes;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Asked<T>(Membership by, T body) {}

    private static <T> Mono<Asked<T>> asMember(UUID community, Mono<T> body) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(by -> body.map(content -> new Asked<>(by, content)));
    }

    @Override
    public Mono<CashConfirmation> confirmCash(
            UUID community, UUID groupBuy, Mono<CashPayments> body, @Nullable String key, ServerWebExchange exchange) {
        return asMember(community, body)
                .flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked.body(),
                        CashConfirmation.class,
                        () -> confirmCash
                                .handle(toCommand(groupBuy, asked), clock.instant())
                                .map(confirmed -> toConfirmation(asked.body(), confirmed))));
    }

    private static Command toCommand(UUID groupBuy, Asked<CashPayments> asked) {
        var collected = asked.body().getPayments().stream()
                .map(payment -> new Collected(payment.getOrderId(), payment.getAmountFen()))
                .distinct()
                .toList();
        return new Command(groupBuy, asked.by(), collected);
    }

    private static CashConfirmation toConfirmation(CashPayments asked, Set<UUID> confirmed) {
        var ids = asked.getPayments().stream()
                .map(payment -> payment.getOrderId())
                .distinct()
                .toList();
        return new CashConfirmation(
                ids.stream().filter(confirmed::contains).toList(),
                ids.stream().filter(id -> !confirmed.contains(id)).toList());
    }

    @Override
    public Mono<HandedBack> handBackCash(
            UUID community, UUID groupBuy, Mono<HandBack> body, @Nullable String key, ServerWebExchange exchange) {
        return asMember(community, body)
                .flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked.body(),
                        HandedBack.class,
                        () -> handBack(groupBuy, asked).map(HandedBack::new)));
    }

    /// Whoever took cash hands it back, also after the group buy was handed over; of others' cash nothing is touched.
    private Mono<Integer> handBack(UUID groupBuy, Asked<HandBack> asked) {
        var orders = Set.copyOf(asked.body().getOrderIds());
        return findGroupBuy
                .handle(groupBuy)
                .then(confirmRefunds.byCollector(groupBuy, orders, asked.by().member(), clock.instant()));
    }

    @Override
    public Mono<RefundList> listRefunds(
            UUID community, UUID groupBuy, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        var request = new Page.Request(limit, cursor);
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(reader -> transactions.in(community, () -> list(groupBuy, reader, request)))
                .map(rows -> Page.byId(rows, request, RefundView::id))
                .map(page -> new RefundList(page.items().stream()
                                .map(PaymentsController::toDetails)
                                .toList())
                        .next(page.next()));
    }

    private Mono<List<RefundView>> list(UUID groupBuy, Membership reader, Page.Request request) {
        return ledGroupBuy.get(groupBuy, reader).then(readMoney.listRefunds(groupBuy, request));
    }

    @Override
    public Mono<OrderMoney> getOrderMoney(UUID community, UUID order, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(reader -> transactions.in(
                        community, () -> readOrders.get(order, reader).then(readMoney.ofOrder(order))))
                .map(money -> toMoney(order, money));
    }

    private static OrderMoney toMoney(UUID order, ReadMoney.OrderMoney money) {
        var refunds =
                money.refunds().stream().map(PaymentsController::toDetails).toList();
        var answer = money.balance()
                .map(balance -> new OrderMoney(order, balance.charged(), balance.paid(), balance.refunded(), refunds))
                .orElseGet(() -> new OrderMoney(order, 0L, 0L, 0L, refunds));
        return answer.means(money.balance().map(PaymentsController::toMeans).orElse(null));
    }

    private static @Nullable MoneyMeans toMeans(Balance balance) {
        return switch (balance.means()) {
            case Means.Prepaid _ -> MoneyMeans.PREPAID;
            case Means.Cash _ -> MoneyMeans.CASH;
            case null -> null;
        };
    }

    private static RefundDetails toDetails(RefundView refund) {
        return new RefundDetails(
                        refund.id(),
                        refund.order(),
                        refund.household(),
                        RefundReason.valueOf(refund.reason().name()),
                        refund.creditedFen(),
                        refund.paidBackFen(),
                        RefundState.valueOf(refund.state().name()),
                        refund.askedAt())
                .itemId(refund.item())
                .quantity(refund.quantity())
                .paidBackAt(refund.paidBackAt());
    }
}
