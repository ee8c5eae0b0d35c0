package io.linli.groupbuy.sheets;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of packing sheets.
///
/// @param key 32 bytes in base64 that seal what a frozen sheet says of people; no default, the service does not start
///     without it
/// @param ordersMax how many orders one sheet holds
/// @param versionsMax how many versions a group buy may freeze
@ConfigurationProperties("linli.groupbuy.sheets")
record SheetSettings(
        @Nullable String key,
        @DefaultValue("20000") int ordersMax,
        @DefaultValue("200") int versionsMax) {}
