package io.linli.groupbuy.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.payment.HearPayments.OrderCancelled;
import io.linli.groupbuy.payment.HearPayments.PaymentFailed;
import io.linli.groupbuy.payment.HearPayments.PaymentRefunded;
import io.linli.groupbuy.payment.HearPayments.PaymentSucceeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class EventSamplesTests {
    private static final Path PARTNERS = Path.of("../partner-adapters/src/main/events");
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Test
    void what_became_of_a_payment_is_read_from_its_publishers_samples() throws IOException {
        assertThat(read(PARTNERS, "payment.succeeded.v1", PaymentSucceeded.class))
                .isEqualTo(new PaymentSucceeded(id(0x30), id(0x10), 1900, Instant.parse("2026-11-24T12:05:00Z")));
        assertThat(read(PARTNERS, "payment.failed.v1", PaymentFailed.class))
                .isEqualTo(new PaymentFailed(id(0x30), id(0x10)));
        assertThat(read(PARTNERS, "payment.refunded.v1", PaymentRefunded.class))
                .isEqualTo(new PaymentRefunded(id(0x40), Instant.parse("2026-11-26T09:00:00Z")));
    }

    @Test
    void a_cancelled_order_is_read_from_its_own_sample() throws IOException {
        assertThat(read(Path.of("src/main/events"), "order.cancelled.v1", OrderCancelled.class))
                .isEqualTo(new OrderCancelled(id(0x10)));
    }

    private static <T> T read(Path samples, String type, Class<T> as) throws IOException {
        return JSON.readValue(Files.readString(samples.resolve(type + ".json")), as);
    }

    private static UUID id(long number) {
        return UUID.fromString("0193a1b0-7c00-7000-8000-%012x".formatted(number));
    }
}
