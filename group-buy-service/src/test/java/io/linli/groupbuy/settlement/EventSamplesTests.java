package io.linli.groupbuy.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.settlement.Refund.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventSamplesTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void a_requested_refund_is_written_as_its_sample_says() throws IOException {
        var refund = new Refund("key", id(1000), id(2), id(0x10), id(0x20), id(3), 2, 900, Reason.SHORT);

        var event = RefundEvent.requested(id(0x40), id(0x30), refund, 700);

        var sample = Files.readString(Path.of("src/main/events", event.type() + ".json"));
        assertThat(JSON.readTree(JSON.writeValueAsString(event.data()))).isEqualTo(JSON.readTree(sample));
        assertThat(event.subject()).isEqualTo(id(0x40));
        assertThat(event.community()).isEqualTo(id(1000));
    }

    private static UUID id(long number) {
        return UUID.fromString("0193a1b0-7c00-7000-8000-%012x".formatted(number));
    }
}
