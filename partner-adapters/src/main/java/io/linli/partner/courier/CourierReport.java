package io.linli.partner.courier;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the generic courier says about one waybill, in its own words; fields beyond these are ignored.
@JsonIgnoreProperties(ignoreUnknown = true)
record CourierReport(String eventId, String waybill, String status, Instant occurredAt) {
    /// RFC 3339 writes years with four digits.
    private static final Instant YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

    CourierReport(
            @Nullable String eventId, @Nullable String waybill, @Nullable String status, @Nullable Instant occurredAt) {
        this.eventId = text(eventId, 128);
        this.waybill = text(waybill, 64);
        this.status = text(status, 64);
        if (occurredAt == null || occurredAt.isBefore(Instant.EPOCH) || !occurredAt.isBefore(YEAR_10000)) {
            throw new IllegalArgumentException("a report without a time that can be");
        }
        this.occurredAt = occurredAt;
    }

    private static String text(@Nullable String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a report's text is missing, too long or not text");
        }
        return value;
    }
}
