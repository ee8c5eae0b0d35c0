package io.linli.kit.testing;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The other services, as a service under test meets them: publishes events to the exchange and hears what is
/// published.
///
/// *Shape*: CloudEvents 1.0 attributes as AMQP headers with the prefix `cloudEvents:`, the data as a JSON body.
public final class TestEvents implements AutoCloseable {

    private static final Duration CONFIRM_MAX = Duration.ofSeconds(10);

    private final JsonMapper json = JsonMapper.builder().build();
    private final String exchange;
    private final Connection connection;
    private final Channel publishing;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    /// One event as it came from the broker.
    public record Heard(
            UUID id, String type, UUID community, UUID subject, Map<String, String> headers, JsonNode data) {}

    private TestEvents(String exchange, Connection connection) throws IOException {
        this.exchange = exchange;
        this.connection = connection;
        this.publishing = connection.createChannel();
        publishing.exchangeDeclare(exchange, "topic", true);
        publishing.confirmSelect();
        listen(connection.createChannel());
    }

    /// Connects and listens to everything from now on.
    public static TestEvents connect(String amqpUrl, String exchange) {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(amqpUrl);
            return new TestEvents(exchange, factory.newConnection("test events"));
        } catch (IOException
                | TimeoutException
                | java.security.GeneralSecurityException
                | java.net.URISyntaxException failed) {
            throw new IllegalStateException("no connection to " + amqpUrl.replaceAll("//.*@", "//"), failed);
        }
    }

    private void listen(Channel channel) throws IOException {
        var queue = channel.queueDeclare("", false, true, true, null).getQueue();
        channel.queueBind(queue, exchange, "#");
        channel.basicConsume(
                queue,
                true,
                (_, delivery) -> heard.add(toHeard(delivery.getProperties(), delivery.getBody())),
                _ -> {});
    }

    private Heard toHeard(AMQP.BasicProperties properties, byte[] body) {
        var headers = new HashMap<String, String>();
        properties.getHeaders().forEach((name, value) -> headers.put(name, value.toString()));
        return new Heard(
                UUID.fromString(properties.getMessageId()),
                properties.getType(),
                UUID.fromString(headers.get("cloudEvents:community")),
                UUID.fromString(headers.get("cloudEvents:subject")),
                headers,
                json.readTree(body));
    }

    /// Publishes an event as the service that owns it would, and answers its id once the broker has confirmed it.
    public UUID publish(UUID community, String type, UUID subject, Object data) {
        var id = UUID.randomUUID();
        publish(id, community, type, subject, data);
        return id;
    }

    /// Publishes under a given id: twice the same is a duplicate delivery. Text is sent as it is, all else as JSON.
    public synchronized void publish(UUID id, UUID community, String type, UUID subject, Object data) {
        var body = data instanceof String text
                ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : json.writeValueAsBytes(data);
        var properties = properties(id, community, type, subject);
        try {
            publishing.basicPublish(exchange, type, properties, body);
            publishing.waitForConfirmsOrDie(CONFIRM_MAX.toMillis());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException late) {
            throw new IllegalStateException("the broker did not confirm " + type, late);
        }
    }

    private static AMQP.BasicProperties properties(UUID id, UUID community, String type, UUID subject) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var headers = new HashMap<String, Object>();
        headers.put("cloudEvents:specversion", "1.0");
        headers.put("cloudEvents:id", id.toString());
        headers.put("cloudEvents:source", "/test");
        headers.put("cloudEvents:type", type);
        headers.put("cloudEvents:time", now.toString());
        headers.put("cloudEvents:subject", subject.toString());
        headers.put("cloudEvents:community", community.toString());
        headers.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        return new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .deliveryMode(2)
                .messageId(id.toString())
                .type(type)
                .timestamp(Date.from(now))
                .headers(headers)
                .build();
    }

    /// All events heard so far, in the order of arrival, own ones included.
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /// The events of one type heard so far.
    public List<Heard> heard(String type) {
        return heard.stream().filter(event -> event.type().equals(type)).toList();
    }

    /// Waits for an event of this type and answers the first.
    public Heard await(String type) {
        return await(type, _ -> true);
    }

    /// Waits for an event of this type that fits and answers the first such.
    public Heard await(String type, Predicate<Heard> fits) {
        return Await.untilPresent(type + " to be published", Duration.ofSeconds(15), () -> find(type, fits));
    }

    private Optional<Heard> find(String type, Predicate<Heard> fits) {
        return heard(type).stream().filter(fits).findFirst();
    }

    @Override
    public void close() {
        connection.abort();
    }
}
