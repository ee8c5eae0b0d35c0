package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.ordering.Order;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What can be asked of the desk, always about one group buy.
public sealed interface Ask {

    UUID groupBuy();

    /// Place an order: all lines or none, unless `acceptPartial`; `waitlist` takes a place for what is sold out.
    ///
    /// @param building where the household lives, if that is known
    record Place(
            UUID groupBuy,
            Order.Buyer buyer,
            @Nullable UUID building,
            boolean doorstep,
            List<Wish> lines,
            boolean acceptPartial,
            boolean waitlist)
            implements Ask {}

    /// Make an order consist of these lines; zero takes an item out.
    record Change(UUID groupBuy, UUID order, Asker asker, List<Wish> lines) implements Ask {}

    /// Take an order back.
    record Cancel(UUID groupBuy, UUID order, Asker asker) implements Ask {}

    /// Take back the stock of an order that was not paid in time.
    record Release(UUID groupBuy, UUID order) implements Ask {}

    /// So many of one item.
    record Wish(UUID itemId, int quantity) {}

    /// Who may change an order: the household that receives it and the member who placed it.
    record Asker(@Nullable UUID household, UUID member) {
        boolean owns(Order order) {
            return order.buyer().household().equals(household)
                    || order.buyer().member().equals(member);
        }
    }
}
