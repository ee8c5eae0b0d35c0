package io.linli.groupbuy.lifecycle;

import java.util.List;

/// A group buy with the items it offers, in the leader's order.
public record OfferedGroupBuy(GroupBuy groupBuy, List<Item> items) {}
