package io.linli.groupbuy.sheets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of packing sheets.
///
/// @param key 32 bytes in base64 that seal what a frozen sheet says of people; no default, the service does not start
///     without it
/// @param ordersMax how many orders one sheet holds
/// @param versionsMax how many versions a group buy may freeze
/// @param keptMax how long what a sheet says of people is kept
/// @param purgeBatch how many sheets one look forgets
@ConfigurationProperties("linli.groupbuy.sheets")
record SheetSettings(
        @Nullable String key,
        @DefaultValue("20000") int ordersMax,
        @DefaultValue("200") int versionsMax,
        @DefaultValue("90d") Duration keptMax,
        @DefaultValue("1000") int purgeBatch) {}
