package io.linli.kit.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.linli.kit.testing.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A broker the contract is held against, reached through a [FaultProxy], with an exchange and a queue of its own.
final class BrokerUnderTest implements AutoCloseable {

    final FaultProxy proxy;
    final String exchange = "linli.test-" + UUID.randomUUID();
    final String queue = exchange + ".hearing";

    private final String name;
    private final URI direct;
    private final @Nullable BrokerProcess process;
    private final Connection connection;

    private BrokerUnderTest(String name, URI direct, @Nullable BrokerProcess process) {
        this.name = name;
        this.direct = direct;
        this.process = process;
        this.proxy = FaultProxy.to(direct.getHost(), direct.getPort() < 0 ? 5672 : direct.getPort());
        this.connection = connect();
    }

    static BrokerUnderTest embedded() {
        try {
            var process = BrokerProcess.start(
                    Files.createTempDirectory("linli-broker").resolve("store"));
            return new BrokerUnderTest("embedded broker", URI.create(process.amqpUrl()), process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static BrokerUnderTest rabbitmq(String url) {
        return new BrokerUnderTest("RabbitMQ", URI.create(url), null);
    }

    private Connection connect() {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(direct);
            factory.setAutomaticRecoveryEnabled(true);
            factory.setNetworkRecoveryInterval(200);
            return factory.newConnection("messaging contract");
        } catch (Exception unreachable) {
            throw new IllegalStateException("no connection to the broker under test", unreachable);
        }
    }

    /// The address of the service under test: through the proxy.
    String url() {
        return direct.toString().replaceFirst("@.*?(/|$)", "@127.0.0.1:" + proxy.port() + "$1");
    }

    /// A channel past the proxy.
    Channel channel() throws IOException {
        return connection.createChannel();
    }

    /// Ours is killed; somebody else's broker only becomes unreachable.
    void goDown() {
        if (process == null) {
            proxy.refuse();
            proxy.resetAll();
        } else {
            process.kill();
        }
    }

    void comeBack() {
        if (process != null) {
            process.startAgain();
        }
        proxy.pass();
    }

    long waiting() throws IOException {
        var channel = channel();
        try {
            return channel.messageCount(queue);
        } finally {
            channel.abort();
        }
    }

    @Override
    public void close() throws IOException {
        var channel = channel();
        channel.queueDelete(queue);
        channel.exchangeDelete(exchange);
        connection.abort();
        proxy.close();
        if (process != null) {
            process.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
