package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.Conditions.Kind;
import io.linli.kit.web.Problem;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/// What a leader wants to offer, as it was written down.
public record Proposal(
        UUID supplierId,
        String title,
        Instant opensAt,
        Instant closesAt,
        int minParticipants,
        Conditions conditions,
        Set<UUID> coLeaders,
        List<Item> items) {

    /// *Errors:* 422 `item-name-repeated`, 422 `tiers-invalid`, 422 `donation-priced`.
    void checkItems() {
        var names = new HashSet<String>();
        for (var item : items) {
            if (!names.add(item.name())) {
                throw refuse("item-name-repeated", item);
            }
            if (!rise(item)) {
                throw refuse("tiers-invalid", item);
            }
            if (conditions.kind() == Kind.DONATION && item.priceFen() > 0) {
                throw refuse("donation-priced", item);
            }
        }
    }

    private static boolean rise(Item item) {
        var quantity = 1;
        var price = item.priceFen();
        for (var tier : item.tiers()) {
            if (tier.fromQuantity() <= quantity || tier.priceFen() >= price) {
                return false;
            }
            quantity = tier.fromQuantity();
            price = tier.priceFen();
        }
        return true;
    }

    private static Problem refuse(String slug, Item item) {
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, slug, item.name());
    }
}
