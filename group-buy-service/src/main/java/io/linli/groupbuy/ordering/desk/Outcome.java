package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.ordering.Order;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What comes of an ask.
public sealed interface Outcome {

    /// The order as it is now.
    record Granted(Order order) implements Outcome {}

    /// Nothing to do any more, such as a release of an order that was paid after all.
    record Unchanged() implements Outcome {}

    /// An expected refusal; only a place on the waitlist is kept of it.
    sealed interface Refused extends Outcome {}

    record GroupBuyUnknown() implements Refused {}

    /// The group buy takes no orders now.
    record NotOpen(GroupBuy groupBuy, GroupBuy.Reason reason) implements Refused {}

    record BuildingNotServed() implements Refused {}

    record ItemUnknown(UUID itemId) implements Refused {}

    record LineRepeated(Item item) implements Refused {}

    record NothingLeft() implements Refused {}

    /// `left` of the item can be had; `place` is the household's place on its waitlist, if it has one.
    record SoldOut(Item item, int left, @Nullable Integer place) implements Refused {}

    /// The household may order `left` more of the item.
    record OverLimit(Item item, int left) implements Refused {}

    record OrderUnknown() implements Refused {}

    record AlreadyCancelled() implements Refused {}

    /// Confirmed or final: it is not changed any more.
    record Decided() implements Refused {}

    /// It is paid: what is in it is not changed, it can only be cancelled.
    record Paid() implements Refused {}
}
