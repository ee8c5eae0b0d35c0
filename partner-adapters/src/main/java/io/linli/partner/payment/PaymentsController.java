package io.linli.partner.payment;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.partner.api.PaymentDetails;
import io.linli.partner.api.PaymentList;
import io.linli.partner.api.PaymentState;
import io.linli.partner.api.PaymentsApi;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What a household is to pay, and where. Nobody else sees it, but coordinators.
@RestController
class PaymentsController implements PaymentsApi {
    private final Transactions transactions;
    private final Prepayments prepayments;

    PaymentsController(Transactions transactions, Prepayments prepayments) {
        this.transactions = transactions;
        this.prepayments = prepayments;
    }

    @Override
    public Mono<PaymentList> listPayments(
            UUID communityId, @Nullable UUID orderId, Integer limit, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> toHousehold(caller.in(communityId)))
                .flatMap(whose ->
                        transactions.in(communityId, () -> prepayments.list(whose.household(), orderId, limit)))
                .map(found -> new PaymentList(
                        found.stream().map(PaymentsController::toDetails).toList()));
    }

    /// @param household null for every household
    private record Whose(@Nullable UUID household) {}

    private static Whose toHousehold(Membership member) {
        return new Whose(member.hasAny("coordinator") ? null : member.uuid("household"));
    }

    private static PaymentDetails toDetails(Prepayment prepayment) {
        return switch (prepayment) {
            case Prepayment.ToPrepare(var charge, var _) -> toDetails(charge, PaymentState.TO_PREPARE);
            case Prepayment.Payable(var charge, var prepayId, var payUrl) ->
                toDetails(charge, PaymentState.PAYABLE).prepayId(prepayId).payUrl(payUrl);
            case Prepayment.Paid(var charge, var paidAt) ->
                toDetails(charge, PaymentState.PAID).paidAt(paidAt);
            case Prepayment.Closed(var charge, var _) -> toDetails(charge, PaymentState.CLOSED);
        };
    }

    private static PaymentDetails toDetails(Charge charge, PaymentState state) {
        return new PaymentDetails(
                charge.id(),
                charge.order(),
                charge.groupBuy(),
                charge.title(),
                charge.amountFen(),
                state,
                charge.payBy());
    }
}
