package io.linli.kit.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import io.linli.kit.KitSettings;
import io.linli.kit.messaging.Inbox.Message;
import io.linli.kit.messaging.Inbox.Waiting;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.ReceiverContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/// Reads the service's queues: each delivery goes through the inbox and is acknowledged after its transaction. A lost
/// connection is opened again for ever, with growing waits; what was not acknowledged comes again.
final class Consumers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Consumers.class);
    private static final int RETRY_BATCH = 64;
    private static final int PURGE_BATCH = 5_000;

    private final Broker broker;
    private final Inbox inbox;
    private final InboxRows rows;
    private final Clock clock;
    private final ObservationRegistry observations;
    private final KitSettings.Rabbitmq settings;
    private final Map<String, Subscription> subscriptions;
    private final Set<String> reading = ConcurrentHashMap.newKeySet();
    private final Disposable.Composite running = Disposables.composite();

    private record Arrived(Channel channel, Delivery delivery) {}

    Consumers(
            Broker broker,
            Inbox inbox,
            InboxRows rows,
            Clock clock,
            ObservationRegistry observations,
            KitSettings settings,
            List<Subscription> subscriptions) {
        this.broker = broker;
        this.inbox = inbox;
        this.rows = rows;
        this.clock = clock;
        this.observations = observations;
        this.settings = settings.rabbitmq();
        this.subscriptions = subscriptions.stream().collect(Collectors.toMap(Subscription::queue, Function.identity()));
    }

    @Override
    public void start() {
        for (var subscription : subscriptions.values()) {
            running.add(deliveries(subscription)
                    .flatMap(arrived -> handle(subscription, arrived).thenReturn(arrived), settings.prefetch())
                    .doOnError(lost -> log.warn("Queue {} is not read: {}", subscription.queue(), lost.toString()))
                    .retryWhen(Retry.backoff(Long.MAX_VALUE, settings.retryFirst())
                            .maxBackoff(settings.connectTimeout())
                            .transientErrors(true))
                    .subscribe());
        }
    }

    private Flux<Arrived> deliveries(Subscription subscription) {
        return Flux.<Arrived>create(sink -> consume(subscription, sink)).subscribeOn(Schedulers.boundedElastic());
    }

    private void consume(Subscription subscription, FluxSink<Arrived> sink) {
        try {
            var channel = broker.channel(subscription);
            channel.addShutdownListener(sink::error);
            sink.onDispose(() -> {
                reading.remove(subscription.queue());
                close(channel);
            });
            channel.basicConsume(
                    subscription.queue(),
                    false,
                    (_, delivery) -> sink.next(new Arrived(channel, delivery)),
                    _ -> sink.error(new IOException("the broker cancelled the consumer")));
            reading.add(subscription.queue());
        } catch (IOException | TimeoutException | RuntimeException unreachable) {
            sink.error(unreachable);
        }
    }

    private static void close(Channel channel) {
        Schedulers.boundedElastic().schedule(() -> {
            try {
                channel.abort();
            } catch (IOException alreadyGone) {
                // It was to be closed anyway.
            }
        });
    }

    /// When not even the failure could be stored, the delivery is held and tried again: giving it back would use up
    /// the delivery limit of RabbitMQ 4, which then drops the message.
    private Mono<Void> handle(Subscription subscription, Arrived arrived) {
        return inbox.handle(subscription, toMessage(subscription, arrived.delivery()))
                .transform(work -> traced(arrived.delivery(), work))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, settings.retryFirst()).maxBackoff(settings.retryMax()))
                .then(acknowledge(arrived));
    }

    private static Mono<Void> acknowledge(Arrived arrived) {
        return Mono.<Void>fromCallable(() -> {
                    arrived.channel().basicAck(arrived.delivery().getEnvelope().getDeliveryTag(), false);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /// The effect runs in the trace of the event's publisher.
    private Mono<Void> traced(Delivery delivery, Mono<Void> work) {
        return Mono.defer(() -> {
            var context = new ReceiverContext<Delivery>((carrier, name) -> attribute(carrier, name));
            context.setCarrier(delivery);
            var observation = Observation.start("linli.event", () -> context, observations);
            return work.doOnError(observation::error)
                    .doFinally(_ -> observation.stop())
                    .contextWrite(values -> values.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    /// A message without readable attributes gets an id from its bytes, so that it can be parked and looked at.
    private Message toMessage(Subscription subscription, Delivery delivery) {
        var body = storable(new String(delivery.getBody(), StandardCharsets.UTF_8));
        var unreadable = UUID.nameUUIDFromBytes(delivery.getBody());
        return new Message(
                subscription.queue(),
                uuid(header(delivery, "id"), unreadable),
                uuid(header(delivery, "community"), new UUID(0, 0)),
                storable(String.valueOf(header(delivery, "type"))),
                uuid(header(delivery, "subject"), unreadable),
                instant(header(delivery, "time")),
                body);
    }

    /// PostgreSQL stores no NUL in text, and JSON has none: such a body is parked as unreadable.
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static @Nullable String header(Delivery delivery, String name) {
        return attribute(delivery, "cloudEvents:" + name);
    }

    private static @Nullable String attribute(Delivery delivery, String name) {
        var headers = delivery.getProperties().getHeaders();
        var value = headers == null ? null : headers.get(name);
        return value == null ? null : value.toString();
    }

    private static UUID uuid(@Nullable String text, UUID otherwise) {
        try {
            return text == null ? otherwise : UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            return otherwise;
        }
    }

    private Instant instant(@Nullable String text) {
        try {
            return text == null ? clock.instant() : Instant.parse(text);
        } catch (DateTimeException malformed) {
            return clock.instant();
        }
    }

    @Scheduled(fixedDelayString = "${linli.rabbitmq.retry-poll:250ms}")
    Mono<Void> retryDue() {
        return rows.findDue(RETRY_BATCH)
                .flatMapIterable(Function.identity())
                .flatMap(this::retry, settings.prefetch())
                .onErrorComplete()
                .then();
    }

    private Mono<Void> retry(Waiting waiting) {
        var subscription = subscriptions.get(waiting.message().queue());
        return subscription == null ? Mono.empty() : inbox.retry(subscription, waiting);
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT2M")
    Mono<Long> purge() {
        return rows.purge(PURGE_BATCH).onErrorComplete();
    }

    /// Whether every queue is bound and read right now.
    boolean readsAll() {
        return reading.containsAll(subscriptions.keySet());
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed() && running.size() == subscriptions.size();
    }
}
