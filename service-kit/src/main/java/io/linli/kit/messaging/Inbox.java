package io.linli.kit.messaging;

import io.linli.kit.KitSettings;
import io.linli.kit.Trace;
import io.linli.kit.data.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Gives every event its effect once however often it is delivered: the row that says so is written in the effect's
/// transaction. What fails is kept and tried again, then parked; the broker is never asked to do that.
class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private static final int REASON_MAX = 500;

    private final InboxRows rows;
    private final Transactions transactions;
    private final JsonMapper json;
    private final Clock clock;
    private final KitSettings.Rabbitmq settings;
    private final MeterRegistry meters;

    /// A message as it came: not yet read.
    record Message(String queue, UUID id, UUID community, String type, UUID subject, Instant occurredAt, String body) {}

    record Waiting(Message message, int attempts, Instant receivedAt) {}

    Inbox(
            InboxRows rows,
            Transactions transactions,
            JsonMapper json,
            Clock clock,
            KitSettings settings,
            MeterRegistry meters) {
        this.rows = rows;
        this.transactions = transactions;
        // An event may grow fields that a consumer does not read.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.clock = clock;
        this.settings = settings.rabbitmq();
        this.meters = meters;
    }

    /// Runs the effect once, or keeps the message for later. *Errors:* only when neither could be stored; then the
    /// message must not be acknowledged.
    Mono<Void> handle(Subscription subscription, Message message) {
        return transactions
                .in(
                        message.community(),
                        () -> rows.insertDone(message)
                                .flatMap(fresh ->
                                        fresh ? run(subscription, message).thenReturn(message) : Mono.empty()))
                .doOnNext(done -> count("linli.events.consumed", done))
                .then()
                .onErrorResume(failure -> keep(new Waiting(message, 0, clock.instant()), failure, rows::insertKept));
    }

    /// Tries again what waits. Two replicas may see the same row: the conditional update lets one of them through.
    Mono<Void> retry(Subscription subscription, Waiting waiting) {
        var message = waiting.message();
        return transactions
                .in(
                        message.community(),
                        () -> rows.markDone(message)
                                .flatMap(mine ->
                                        mine ? run(subscription, message).thenReturn(message) : Mono.empty()))
                .doOnNext(done -> count("linli.events.consumed", done))
                .then()
                .onErrorResume(failure -> keep(waiting, failure, rows::updateKept));
    }

    private Mono<Void> run(Subscription subscription, Message message) {
        return Mono.defer(() -> {
            var effect = subscription.effect(message.type());
            return effect == null
                    ? Mono.error(new IllegalArgumentException("nothing here handles " + message.type()))
                    : run(effect, message);
        });
    }

    private <T> Mono<Void> run(Subscription.Effect<T> effect, Message message) {
        var data = json.readValue(message.body(), effect.data());
        return effect.run()
                .apply(new Received<>(
                        message.id(),
                        message.community(),
                        message.type(),
                        message.subject(),
                        message.occurredAt(),
                        data));
    }

    private interface Keep {
        Mono<Long> store(Waiting waiting, int attempts, boolean parked, String error);
    }

    private Mono<Void> keep(Waiting waiting, Throwable failure, Keep keep) {
        return Mono.deferContextual(context -> Trace.on(context, () -> keepTraced(waiting, failure, keep)));
    }

    private Mono<Void> keepTraced(Waiting waiting, Throwable failure, Keep keep) {
        var attempts = waiting.attempts() + 1;
        var parked = isHopeless(waiting, attempts, failure);
        if (parked) {
            log.error(
                    "Event {} {} is parked in {}",
                    waiting.message().type(),
                    waiting.message().id(),
                    waiting.message().queue(),
                    failure);
        } else if (!(failure instanceof ComesEarly)) {
            log.warn(
                    "Event {} {} failed, attempt {}: {}",
                    waiting.message().type(),
                    waiting.message().id(),
                    attempts,
                    failure.toString());
        }
        return transactions
                .in(waiting.message().community(), () -> keep.store(waiting, attempts, parked, reason(failure)))
                .doOnNext(_ -> count(parked ? "linli.events.parked" : "linli.events.retried", waiting.message()))
                .then();
    }

    /// What an operator reads; without what PostgreSQL cannot store, or the message would be held for ever.
    private static String reason(Throwable failure) {
        var text = String.valueOf(failure).replace('\0', '\uFFFD');
        return text.substring(0, Math.min(text.length(), REASON_MAX));
    }

    private boolean isHopeless(Waiting waiting, int attempts, Throwable failure) {
        return switch (failure) {
            case ComesEarly _ ->
                Duration.between(waiting.receivedAt(), clock.instant()).compareTo(settings.earlyPatience()) > 0;
            case JacksonException _ -> true;
            default -> attempts >= settings.handleAttemptsMax();
        };
    }

    private void count(String name, Message message) {
        meters.counter(name, "queue", message.queue()).increment();
    }
}
