package io.linli.kit.messaging;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.linli.kit.KitSettings.Rabbitmq;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One connection to the broker, opened when needed and again after it was lost. Calls block: use them on a thread
/// for blocking work. Speaks the part of AMQP 0-9-1 that RabbitMQ 3.10 to 4.x and Qpid share: no broker-side retry,
/// delay or dead-lettering.
final class Broker implements AutoCloseable {
    private final ConnectionFactory factory = new ConnectionFactory();
    private final Rabbitmq settings;
    private final String name;
    private @Nullable Connection current;

    Broker(Rabbitmq settings, String name) {
        this.settings = settings;
        this.name = name;
        try {
            factory.setUri(settings.url());
        } catch (GeneralSecurityException | URISyntaxException wrong) {
            throw new IllegalArgumentException("linli.rabbitmq.url is not an AMQP address", wrong);
        }
        var connect = Math.toIntExact(settings.connectTimeout().toMillis());
        factory.setConnectionTimeout(connect);
        factory.setHandshakeTimeout(connect);
        factory.setChannelRpcTimeout(connect);
        factory.setShutdownTimeout(connect);
        factory.setRequestedHeartbeat(Math.toIntExact(settings.heartbeat().toSeconds()));
        factory.setAutomaticRecoveryEnabled(false);
    }

    /// A new channel with the exchange declared.
    synchronized Channel channel() throws IOException, TimeoutException {
        var connection = current;
        if (connection == null || !connection.isOpen()) {
            connection = factory.newConnection(name);
            current = connection;
        }
        var channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker gives no more channels");
        }
        channel.exchangeDeclare(settings.exchange(), BuiltinExchangeType.TOPIC, true);
        return channel;
    }

    /// A channel on which the queue exists and is bound to its types; quorum where the broker has such queues.
    Channel channel(Subscription subscription) throws IOException, TimeoutException {
        var channel = channel();
        channel.queueDeclare(subscription.queue(), true, false, false, Map.of("x-queue-type", "quorum"));
        for (var type : subscription.types()) {
            channel.queueBind(subscription.queue(), settings.exchange(), type);
        }
        channel.basicQos(settings.prefetch());
        return channel;
    }

    /// Lets go of a connection that no longer answers; the next channel opens another one. Does not wait for its end.
    synchronized void giveUp() {
        var silent = current;
        current = null;
        if (silent != null) {
            Thread.ofVirtual()
                    .start(() -> silent.abort(
                            Math.toIntExact(settings.connectTimeout().toMillis())));
        }
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.abort(Math.toIntExact(settings.connectTimeout().toMillis()));
        }
    }
}
