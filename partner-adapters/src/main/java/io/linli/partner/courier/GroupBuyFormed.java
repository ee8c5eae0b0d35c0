package io.linli.partner.courier;

import java.util.List;
import java.util.UUID;

/// What we read of `group-buy.formed.v1`.
///
/// *Units:* grams per order.
record GroupBuyFormed(UUID groupBuyId, String title, String supplierName, List<Order> orders) {

    record Order(UUID householdId, long weightGrams) {}

    /// One piece per household, whatever the number of its orders.
    int pieces() {
        return (int) orders.stream().map(Order::householdId).distinct().count();
    }

    long weightGrams() {
        return orders.stream().mapToLong(Order::weightGrams).sum();
    }
}
