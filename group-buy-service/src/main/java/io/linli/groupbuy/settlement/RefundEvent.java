package io.linli.groupbuy.settlement;

import io.linli.kit.messaging.Event;
import java.util.UUID;

/// What other services hear of refunds. *Shape:* the sample `refund.requested.v1`. *Units:* fen.
sealed interface RefundEvent {

    record RefundRequested(
            UUID refundId,
            UUID paymentId,
            UUID orderId,
            UUID groupBuyId,
            UUID householdId,
            long amountFen,
            String reason)
            implements RefundEvent {}

    /// What was prepaid is to go back the way it came.
    static Event requested(UUID id, UUID payment, Refund refund, long fen) {
        var data = new RefundRequested(
                id,
                payment,
                refund.order(),
                refund.groupBuy(),
                refund.household(),
                fen,
                refund.reason().word());
        return new Event(refund.community(), "refund.requested.v1", id, data);
    }
}
