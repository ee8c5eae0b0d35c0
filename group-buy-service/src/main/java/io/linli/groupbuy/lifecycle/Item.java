package io.linli.groupbuy.lifecycle;

import java.util.UUID;

/// Something a group buy offers. `sold` counts what stands in orders that are not cancelled; price is for one.
public record Item(
        UUID id, String name, String unit, int weightGrams, long priceFen, int stock, int sold, int limitPerHousehold) {

    public Item {
        if (sold < 0 || sold > stock) {
            throw new IllegalArgumentException("sold lies between nothing and the stock");
        }
    }

    public int left() {
        return stock - sold;
    }
}
