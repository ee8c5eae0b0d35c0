package io.linli.groupbuy.statements.payouts;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.NewPayout;
import io.linli.groupbuy.api.NewPayoutReversal;
import io.linli.groupbuy.api.PayoutDetails;
import io.linli.groupbuy.api.PayoutList;
import io.linli.groupbuy.api.PayoutReversal;
import io.linli.groupbuy.api.PayoutsApi;
import io.linli.groupbuy.lifecycle.CreateGroupBuy;
import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.statements.payouts.Payout.Reversal;
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
class PayoutsController implements PayoutsApi {
    private final RecordPayout recordPayout;
    private final ReversePayout reversePayout;
    private final Payouts payouts;
    private final Writes writes;
    private final Transactions transactions;
    private final Clock clock;

    PayoutsController(
            RecordPayout recordPayout,
            ReversePayout reversePayout,
            Payouts payouts,
            Writes writes,
            Transactions transactions,
            Clock clock) {
        this.recordPayout = recordPayout;
        this.reversePayout = reversePayout;
        this.payouts = payouts;
        this.writes = writes;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Mono<PayoutDetails> recordPayout(
            UUID community, Mono<NewPayout> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "coordinator"))
                .flatMap(coordinator -> body.flatMap(asked -> writes.once(
                        exchange, community, asked, PayoutDetails.class, () -> record(asked, coordinator))));
    }

    private Mono<PayoutDetails> record(NewPayout asked, Membership coordinator) {
        var payout = toPayout(asked, coordinator);
        return recordPayout
                .handle(coordinator.community(), payout, CreateGroupBuy.zoneOf(coordinator))
                .map(PayoutsController::toDetails);
    }

    private Payout toPayout(NewPayout asked, Membership coordinator) {
        return new Payout(
                Ids.next(),
                new Account(Account.Kind.valueOf(asked.getPayee().name()), asked.getOwnerId()),
                asked.getAmountFen(),
                asked.getPaidOn(),
                asked.getReference(),
                asked.getPaidByLeaderId(),
                coordinator.member(),
                clock.instant(),
                null);
    }

    @Override
    public Mono<PayoutDetails> reversePayout(
            UUID community,
            UUID payout,
            Mono<NewPayoutReversal> body,
            @Nullable String key,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "coordinator"))
                .flatMap(coordinator -> body.flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked,
                        PayoutDetails.class,
                        () -> reverse(payout, asked.getReason(), coordinator))));
    }

    private Mono<PayoutDetails> reverse(UUID payout, String reason, Membership coordinator) {
        var reversal = new Reversal(reason, coordinator.member(), clock.instant());
        return reversePayout.handle(coordinator.community(), payout, reversal).map(PayoutsController::toDetails);
    }

    @Override
    public Mono<PayoutList> listPayouts(
            UUID community, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        var request = new Page.Request(limit, cursor);
        return Caller.current()
                .map(caller -> caller.as(community, "coordinator"))
                .then(transactions.in(community, () -> payouts.list(community, request)))
                .map(rows -> Page.byId(rows, request, Payout::id))
                .map(page -> new PayoutList(page.items().stream()
                                .map(PayoutsController::toDetails)
                                .toList())
                        .next(page.next()));
    }

    private static PayoutDetails toDetails(Payout payout) {
        return new PayoutDetails(
                        payout.id(),
                        PayoutDetails.PayeeEnum.valueOf(payout.payee().kind().name()),
                        payout.payee().owner(),
                        payout.fen(),
                        payout.paidOn(),
                        payout.reference(),
                        payout.recordedBy(),
                        payout.recordedAt())
                .paidByLeaderId(payout.paidByLeader())
                .reversal(toReversal(payout.reversal()));
    }

    private static @Nullable PayoutReversal toReversal(@Nullable Reversal reversal) {
        return reversal == null ? null : new PayoutReversal(reversal.reason(), reversal.by(), reversal.at());
    }
}
