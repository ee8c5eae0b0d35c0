package io.linli.groupbuy.fee;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// What others than the supplier may take at most where the community has not set it, under `linli.groupbuy.fee`.
///
/// @param capFlatFen a leader, per order
/// @param capPerMille a leader, of an order's amount
/// @param courierCapFen a courier, per run
@ConfigurationProperties("linli.groupbuy.fee")
public record FeeSettings(long capFlatFen, int capPerMille, long courierCapFen) {}
