package io.linli.groupbuy.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.allocation.AllocationRun.Occasion;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.Order.Line;
import io.linli.groupbuy.ordering.Order.State;
import io.linli.groupbuy.ordering.ShortenedOrder.ShortenedLine;
import io.linli.kit.messaging.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventSamplesTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Order ORDER = new Order(
            id(0x10),
            id(1000),
            id(2),
            new Buyer(id(0x20), id(0x31), "王*", true),
            7,
            State.PLACED,
            Order.Payment.NOT_AWAITED,
            true,
            List.of(new Line(id(3), "青菜", 2, null, 350, 500), new Line(id(4), "鸡蛋", 1, null, 1200, 1500)),
            Instant.parse("2026-11-24T12:00:00Z"));

    @Test
    void placed_is_written_as_its_sample_says() throws IOException {
        assertSample(OrderEvent.placed(ORDER, "周二蔬菜"));
    }

    @Test
    void changed_is_written_as_its_sample_says() throws IOException {
        assertSample(OrderEvent.changed(ORDER, "周二蔬菜"));
    }

    @Test
    void cancelled_is_written_as_its_sample_says() throws IOException {
        assertSample(OrderEvent.cancelled(ORDER, "周二蔬菜"));
    }

    @Test
    void a_requested_payment_is_written_as_its_sample_says() throws IOException {
        var payBy = Instant.parse("2026-11-24T12:15:00Z");

        assertSample(OrderEvent.paymentRequested(id(0x30), ORDER, payBy, "周二蔬菜"), id(0x30));
    }

    @Test
    void shortened_is_written_as_its_sample_says() throws IOException {
        var greens = ORDER.lines().getFirst();
        var eggs = ORDER.lines().getLast();
        var lines = List.of(new ShortenedLine(greens, 3, 1, 1, 350), new ShortenedLine(eggs, 1, 0, 0, 1200));

        assertSample(OrderEvent.shortened(new ShortenedOrder(ORDER, Occasion.DELIVERY, lines), "周二蔬菜"));
    }

    private static void assertSample(Event event) throws IOException {
        assertSample(event, ORDER.id());
    }

    private static void assertSample(Event event, UUID subject) throws IOException {
        var sample = Files.readString(Path.of("src/main/events", event.type() + ".json"));
        assertThat(JSON.readTree(JSON.writeValueAsString(event.data()))).isEqualTo(JSON.readTree(sample));
        assertThat(event.subject()).isEqualTo(subject);
        assertThat(event.community()).isEqualTo(ORDER.community());
    }

    private static UUID id(long number) {
        return UUID.fromString("0193a1b0-7c00-7000-8000-%012x".formatted(number));
    }
}
