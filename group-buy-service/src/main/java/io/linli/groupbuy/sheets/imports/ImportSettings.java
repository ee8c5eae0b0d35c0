package io.linli.groupbuy.sheets.imports;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of an import.
///
/// @param rowsMax how many rows a file may have
/// @param ordersMax how many orders one import may place
/// @param unpackedBytesMax how large an Excel file may be once it is unpacked
/// @param errorsMax how many errors a preview tells
/// @param previewMinutes how long a preview waits for its confirmation
/// @param purgeBatch how many expired previews one statement forgets
@ConfigurationProperties("linli.groupbuy.imports")
record ImportSettings(
        @DefaultValue("5000") int rowsMax,
        @DefaultValue("3000") int ordersMax,
        @DefaultValue("20000000") long unpackedBytesMax,
        @DefaultValue("200") int errorsMax,
        @DefaultValue("120") int previewMinutes,
        @DefaultValue("1000") int purgeBatch) {}
