package io.linli.groupbuy.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.payment.Purse.Placed;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MoneyInTimelineTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Purse purse = new Purse(service, "prepay");

    @Test
    void what_was_paid_and_went_back_is_told_with_its_amount() {
        var placed = purse.place(2);
        purse.succeed(purse.requestedPayment(placed, 700), placed, 700);
        Await.until("paid", Purse.SOON, () -> purse.payment(placed).equals("paid"));
        purse.here().cancel(placed.token(), placed.id());
        var refund = purse.awaitRequestedRefund(placed);
        assertThat(timeline(placed)).containsExactly("placed", "paid 700", "cancelled", "refund-requested 700");

        purse.refunded(UUID.fromString(refund.get("refundId").asString()));

        Await.until("refunded", Purse.SOON, () -> timeline(placed).contains("refunded 700"));
    }

    private List<String> timeline(Placed placed) {
        var told = new ArrayList<String>();
        purse.here()
                .get(placed.token(), "/orders/" + placed.id() + "/timeline")
                .body()
                .get("steps")
                .forEach(step -> told.add((step.get("what").asString() + " "
                                + step.path("amountFen").asString(""))
                        .strip()));
        return told;
    }
}
