package io.linli.groupbuy;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Settings of this service.
///
/// @param timerIntervalMillis how often due group buys are looked for
/// @param timerMaxMillis how long one look may take with all it works on
/// @param closeGraceMillis how long after its closing time the timer leaves a group buy alone, so that orders which
///     arrived in time are still written
/// @param dueBatchMax how many due group buys one look takes on
/// @param announceMaxDays how far ahead a group buy may be announced
/// @param windowMaxDays the longest time a group buy may be open
@ConfigurationProperties("linli.groupbuy")
public record GroupBuySettings(
        long timerIntervalMillis,
        long timerMaxMillis,
        long closeGraceMillis,
        int dueBatchMax,
        int announceMaxDays,
        int windowMaxDays) {}
