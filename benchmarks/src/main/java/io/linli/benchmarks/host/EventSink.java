package io.linli.benchmarks.host;

import com.rabbitmq.client.ConnectionFactory;
import java.util.concurrent.atomic.AtomicLong;

/// A queue that takes every event, because the relay publishes nothing that no queue wants. It only counts.
final class EventSink implements AutoCloseable {
    private static final String EXCHANGE = "linli.events";
    private static final String QUEUE = "bench";

    private final AtomicLong heard = new AtomicLong();
    private final com.rabbitmq.client.Connection connection;

    private EventSink(com.rabbitmq.client.Connection connection) {
        this.connection = connection;
    }

    static EventSink open(String amqpUrl) {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(amqpUrl);
            var sink = new EventSink(factory.newConnection("bench"));
            var channel = sink.connection.createChannel();
            channel.exchangeDeclare(EXCHANGE, "topic", true);
            channel.queueDeclare(QUEUE, false, false, true, null);
            channel.queueBind(QUEUE, EXCHANGE, "#");
            channel.basicConsume(QUEUE, true, (_, _) -> sink.heard.incrementAndGet(), _ -> {});
            return sink;
        } catch (Exception failed) {
            throw new IllegalStateException("the broker does not take the bench's queue", failed);
        }
    }

    long heard() {
        return heard.get();
    }

    @Override
    public void close() {
        connection.abort();
    }
}
