package io.linli.groupbuy.settlement;

import io.linli.kit.data.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What comes of refunds, decided one after another against the balances of their orders: a charge is lowered as far as
/// there is one, and of what was paid goes back as much, never more than is left of it.
///
/// @param granted each refund that is new, also one that moves nothing
/// @param balances the changed balances
record RefundDecision(List<Granted> granted, List<Balance> balances) {

    /// A refund with what it takes off the charge and what of it goes back.
    record Granted(
            UUID id,
            Refund refund,
            long credited,
            long paidBack,
            @Nullable Means means,
            @Nullable UUID supplier) {}

    /// @param balances of the orders that have one, by order; an order without was never charged nor paid
    /// @param known keys that were decided before
    static RefundDecision decide(List<Refund> refunds, Map<UUID, Balance> balances, Set<String> known) {
        var seen = new HashSet<>(known);
        var granted = new ArrayList<Granted>();
        var changed = new HashMap<UUID, Balance>();
        for (var refund : refunds) {
            if (!seen.add(refund.key())) {
                continue;
            }
            var balance = changed.getOrDefault(refund.order(), balances.get(refund.order()));
            if (balance == null) {
                granted.add(new Granted(Ids.next(), refund, 0, 0, null, null));
                continue;
            }
            var credited = Math.min(refund.fen(), balance.charged());
            var paidBack = Math.min(refund.fen(), balance.refundable());
            granted.add(new Granted(Ids.next(), refund, credited, paidBack, balance.means(), balance.supplier()));
            if (credited + paidBack > 0) {
                changed.put(refund.order(), balance.after(credited, paidBack));
            }
        }
        return new RefundDecision(granted, List.copyOf(changed.values()));
    }

    /// What goes back in all.
    long paidBackFen() {
        return granted.stream().mapToLong(Granted::paidBack).reduce(0, Math::addExact);
    }
}
