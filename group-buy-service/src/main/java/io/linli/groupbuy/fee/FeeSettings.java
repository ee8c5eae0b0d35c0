package io.linli.groupbuy.fee;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// What a leader may take at most where the community has not set it, under `linli.groupbuy.fee`.
///
/// @param capFlatFen per order
/// @param capPerMille of an order's amount
@ConfigurationProperties("linli.groupbuy.fee")
public record FeeSettings(long capFlatFen, int capPerMille) {}
