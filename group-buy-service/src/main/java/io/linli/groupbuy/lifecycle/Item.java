package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.allocation.Cases;
import java.util.List;
import java.util.UUID;

/// Something a group buy offers. `sold` counts what stands in orders that are not cancelled; price is for one.
///
/// @param priceFen what is paid when ordering, the dearest price
/// @param tiers the cheaper prices, by rising quantity
public record Item(
        UUID id,
        String name,
        String unit,
        int weightGrams,
        long priceFen,
        int stock,
        int sold,
        int limitPerHousehold,
        Packing packing,
        List<Tier> tiers) {

    public Item {
        tiers = List.copyOf(tiers);
        if (sold < 0 || sold > stock) {
            throw new IllegalArgumentException("sold lies between nothing and the stock");
        }
    }

    /// An item sold one by one at one price, as bulky as water of its weight.
    public Item(
            UUID id,
            String name,
            String unit,
            int weightGrams,
            long priceFen,
            int stock,
            int sold,
            int limitPerHousehold) {
        this(
                id,
                name,
                unit,
                weightGrams,
                priceFen,
                stock,
                sold,
                limitPerHousehold,
                new Packing(Temperature.AMBIENT, weightGrams, 1, 0),
                List.of());
    }

    /// How warm an item may get.
    public enum Temperature {
        AMBIENT,
        CHILLED,
        FROZEN
    }

    /// What one unit takes up, and how many come in a case. *Units:* millilitres.
    ///
    /// @param tolerance how many units may be lacking for the last case to be bought all the same
    public record Packing(Temperature temperature, int volumeMillilitres, int caseSize, int tolerance) {
        public Packing {
            if (caseSize < 1 || tolerance < 0 || tolerance >= caseSize) {
                throw new IllegalArgumentException("the tolerance is smaller than a case");
            }
        }

        /// The cases bought for so many units.
        public Cases cases(long units) {
            return Cases.of(units, caseSize, tolerance);
        }
    }

    /// The price of one from so many units on, counted over all households.
    public record Tier(int fromQuantity, long priceFen) {}

    public int left() {
        return stock - sold;
    }

    /// The price of one when so many are sold in all.
    public long priceFor(int quantity) {
        var price = priceFen;
        for (var tier : tiers) {
            price = quantity >= tier.fromQuantity() ? tier.priceFen() : price;
        }
        return price;
    }
}
