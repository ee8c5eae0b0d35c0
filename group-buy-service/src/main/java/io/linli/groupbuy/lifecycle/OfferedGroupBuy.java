package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuy.Outcome;
import java.util.List;

/// A group buy with the items it offers, in the leader's order.
public record OfferedGroupBuy(GroupBuy groupBuy, List<Item> items) {

    /// What was ordered of it, at the price paid when ordering.
    public Outcome ordered(int participants) {
        var amount = 0L;
        var cases = 0;
        for (var item : items) {
            amount = Math.addExact(amount, Math.multiplyExact(item.sold(), item.priceFen()));
            cases += (int) item.packing().cases(item.sold()).count();
        }
        return new Outcome(participants, amount, cases);
    }
}
