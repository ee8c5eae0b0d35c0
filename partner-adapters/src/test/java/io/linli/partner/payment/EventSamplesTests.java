package io.linli.partner.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.partner.payment.HearPayments.PaymentRequested;
import io.linli.partner.payment.HearPayments.RefundRequested;
import io.linli.partner.payment.PaymentEvent.PaymentFailed;
import io.linli.partner.payment.PaymentEvent.PaymentRefunded;
import io.linli.partner.payment.PaymentEvent.PaymentSucceeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class EventSamplesTests {
    private static final Path GROUP_BUYS = Path.of("../group-buy-service/src/main/events");

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Test
    void what_came_of_a_payment_is_written_as_its_samples() {
        assertWritten(new PaymentSucceeded(id(0x30), id(0x10), 1900, Instant.parse("2026-11-24T12:05:00Z")));
        assertWritten(new PaymentFailed(id(0x30), id(0x10), "expired"));
        assertWritten(new PaymentRefunded(id(0x30), id(0x10), id(0x40), 700, Instant.parse("2026-11-26T09:00:00Z")));
    }

    @Test
    void what_is_asked_for_is_read_from_its_publishers_samples() throws IOException {
        var payment = json.readValue(sample("payment.requested.v1"), PaymentRequested.class);
        var refund = json.readValue(sample("refund.requested.v1"), RefundRequested.class);

        assertThat(payment)
                .isEqualTo(new PaymentRequested(
                        id(0x30), id(0x10), id(2), id(0x20), "周二蔬菜", 1900, Instant.parse("2026-11-24T12:15:00Z")));
        assertThat(refund).isEqualTo(new RefundRequested(id(0x40), id(0x30), id(0x10), 700));
    }

    private static String sample(String type) throws IOException {
        return Files.readString(GROUP_BUYS.resolve(type + ".json"));
    }

    private void assertWritten(PaymentEvent event) {
        var sample = Path.of("src/main/events", event.type() + ".json");

        assertThat(json.readTree(json.writeValueAsString(event))).isEqualTo(json.readTree(sample.toFile()));
    }

    private static UUID id(long number) {
        return UUID.fromString("0193a1b0-7c00-7000-8000-%012x".formatted(number));
    }
}
