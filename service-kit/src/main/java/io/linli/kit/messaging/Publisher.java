package io.linli.kit.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.linli.kit.KitSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Publishes batches with `mandatory` and publisher confirms and says what became of each message. Blocking.
final class Publisher {
    private final Broker broker;
    private final String exchange;
    private final String source;
    private final Duration confirmTimeout;
    private @Nullable Channel channel;
    private volatile @Nullable Batch batch;

    /// An event that waits to be published: its final bytes and attributes.
    record Row(
            UUID id,
            UUID community,
            String type,
            UUID subject,
            String body,
            @Nullable String traceparent,
            Instant occurredAt,
            int attempts) {}

    /// What the broker said: confirmed may be forgotten, returned has no queue, the others are unknown.
    record Outcome(Set<UUID> confirmed, Set<UUID> returned) {}

    /// A batch under way: publish numbers that are open, and the answers.
    private static final class Batch {
        final Channel channel;
        final ConcurrentSkipListMap<Long, UUID> open = new ConcurrentSkipListMap<>();
        final Set<UUID> confirmed = ConcurrentHashMap.newKeySet();
        final Set<UUID> returned = ConcurrentHashMap.newKeySet();
        final CountDownLatch answers;
        volatile boolean lost;

        Batch(Channel channel, int size) {
            this.channel = channel;
            answers = new CountDownLatch(size);
        }

        /// Nothing more will be answered.
        void lose() {
            lost = true;
            while (answers.getCount() > 0) {
                answers.countDown();
            }
        }

        void answer(long number, boolean multiple, boolean ack) {
            var answered = multiple ? open.headMap(number, true) : open.subMap(number, true, number, true);
            for (var entry : new ArrayList<>(answered.entrySet())) {
                open.remove(entry.getKey());
                if (ack) {
                    confirmed.add(entry.getValue());
                }
                answers.countDown();
            }
        }
    }

    Publisher(Broker broker, KitSettings settings) {
        this.broker = broker;
        this.exchange = settings.rabbitmq().exchange();
        this.source = "/" + settings.service();
        this.confirmTimeout = settings.rabbitmq().confirmTimeout();
    }

    /// Publishes and waits for the confirms together. *Errors:* `IOException` when the connection is lost; nothing is
    /// known then and the connection is given up, so that nothing is published twice while a channel lives.
    synchronized Outcome publish(List<Row> rows) throws IOException, TimeoutException, InterruptedException {
        try {
            var open = open();
            var current = new Batch(open, rows.size());
            batch = current;
            for (var row : rows) {
                current.open.put(open.getNextPublishSeqNo(), row.id());
                open.basicPublish(
                        exchange, row.type(), true, properties(row), row.body().getBytes(StandardCharsets.UTF_8));
            }
            if (!current.answers.await(confirmTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                abandon();
            }
            if (current.lost) {
                throw new IOException("the connection was lost before the broker had answered");
            }
            // A return comes with an ack from RabbitMQ and with a nack from Qpid.
            current.confirmed.removeAll(current.returned);
            return new Outcome(Set.copyOf(current.confirmed), Set.copyOf(current.returned));
        } catch (IOException | TimeoutException | InterruptedException | RuntimeException lost) {
            abandon();
            throw lost;
        }
    }

    private Channel open() throws IOException, TimeoutException {
        var existing = channel;
        if (existing != null && existing.isOpen()) {
            return existing;
        }
        var opened = broker.channel();
        opened.confirmSelect();
        opened.addConfirmListener(
                (number, multiple) -> batchOf(opened).ifPresent(found -> found.answer(number, multiple, true)),
                (number, multiple) -> batchOf(opened).ifPresent(found -> found.answer(number, multiple, false)));
        opened.addReturnListener(returned -> batchOf(opened)
                .ifPresent(found -> found.returned.add(
                        UUID.fromString(returned.getProperties().getMessageId()))));
        opened.addShutdownListener(_ -> batchOf(opened).ifPresent(Batch::lose));
        channel = opened;
        return opened;
    }

    /// A channel that was given up must not answer for a later batch: publish numbers begin at 1 on each channel.
    private Optional<Batch> batchOf(Channel from) {
        return Optional.ofNullable(batch).filter(current -> current.channel == from);
    }

    private void abandon() {
        channel = null;
        broker.giveUp();
    }

    private AMQP.BasicProperties properties(Row row) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("cloudEvents:specversion", "1.0");
        headers.put("cloudEvents:id", row.id().toString());
        headers.put("cloudEvents:source", source);
        headers.put("cloudEvents:type", row.type());
        headers.put("cloudEvents:time", row.occurredAt().toString());
        headers.put("cloudEvents:subject", row.subject().toString());
        headers.put("cloudEvents:community", row.community().toString());
        if (row.traceparent() instanceof String trace) {
            headers.put("traceparent", trace);
        }
        return new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .deliveryMode(2)
                .messageId(row.id().toString())
                .type(row.type())
                .timestamp(Date.from(row.occurredAt()))
                .headers(headers)
                .build();
    }
}
