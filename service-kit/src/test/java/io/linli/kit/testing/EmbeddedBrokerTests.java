package io.linli.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTests {

    @TempDir
    Path directory;

    @Test
    void persistent_messages_survive_a_restart_on_another_port_with_another_password() throws Exception {
        try (var broker = EmbeddedBroker.durable(directory, 0, "first")) {
            publish(broker.amqpUrl());
        }

        try (var broker = EmbeddedBroker.durable(directory, 0, "second")) {
            assertThat(waiting(broker.amqpUrl())).isEqualTo(1);
        }
    }

    @Test
    void virtual_hosts_share_nothing() throws Exception {
        try (var broker = EmbeddedBroker.inMemory(directory, 0, "secret")) {
            broker.createVirtualHost("one");
            broker.createVirtualHost("two");

            publish(broker.amqpUrl("one"));

            assertThat(waiting(broker.amqpUrl("one"))).isEqualTo(1);
            assertThat(waiting(broker.amqpUrl("two"))).isZero();
        }
    }

    private static void publish(String url) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(url);
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            channel.queueDeclare("kept", true, false, false, Map.of("x-queue-type", "quorum"));
            channel.confirmSelect();
            channel.basicPublish("", "kept", MessageProperties.PERSISTENT_BASIC, new byte[] {1});
            channel.waitForConfirmsOrDie(10_000);
        }
    }

    private static long waiting(String url) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(url);
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            channel.queueDeclare("kept", true, false, false, Map.of("x-queue-type", "quorum"));
            return channel.messageCount("kept");
        }
    }
}
