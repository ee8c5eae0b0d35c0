package io.linli.groupbuy.settlement;

import java.util.UUID;

/// How an order was paid: through the payment provider, or in cash to a leader.
public sealed interface Means {
    /// @param payment which payment of the provider
    record Prepaid(UUID payment) implements Means {}

    /// @param collector the leader who took the money, by member id
    record Cash(UUID collector) implements Means {}
}
