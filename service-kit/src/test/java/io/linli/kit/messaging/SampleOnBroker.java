package io.linli.kit.messaging;

import io.linli.kit.ServiceKit;
import io.linli.kit.sample.SampleApplication;
import io.linli.kit.testing.TestDatabase;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/// The sample service on one of the brokers within reach; RabbitMQ where `LINLI_TEST_RABBITMQ` names one.
final class SampleOnBroker implements AutoCloseable {

    static final String ALL = "io.linli.kit.messaging.SampleOnBroker#all";

    final BrokerUnderTest broker;
    final TestDatabase database = TestDatabase.create();
    final ConfigurableApplicationContext service;

    private SampleOnBroker(BrokerUnderTest broker) {
        this.broker = broker;
        this.service = replica();
    }

    /// Made one after the other: the next broker starts when the one before is closed.
    static Stream<SampleOnBroker> all() {
        var rabbitmq = Optional.ofNullable(System.getenv("LINLI_TEST_RABBITMQ"))
                .filter(url -> !url.isBlank())
                .<Supplier<BrokerUnderTest>>map(url -> () -> BrokerUnderTest.rabbitmq(url));
        return Stream.<Supplier<BrokerUnderTest>>concat(Stream.of(BrokerUnderTest::embedded), rabbitmq.stream())
                .map(Supplier::get)
                .map(SampleOnBroker::new);
    }

    /// One more instance of the service on the same database and queue.
    ConfigurableApplicationContext replica() {
        var settings = database.properties();
        settings.put("server.port", "0");
        settings.put("linli.rabbitmq.url", broker.url());
        settings.put("linli.rabbitmq.exchange", broker.exchange);
        settings.put("sample.queue", broker.queue);
        return ServiceKit.run(
                SampleApplication.class,
                "kit-sample",
                settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    @Override
    public void close() throws IOException {
        service.close();
        broker.close();
        database.close();
    }

    @Override
    public String toString() {
        return broker.toString();
    }
}
