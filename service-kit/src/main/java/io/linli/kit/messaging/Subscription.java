package io.linli.kit.messaging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// One durable queue of a service for one purpose, and what each event type on it does.
/// An effect runs once per event, in the inbox transaction of the event's community.
public final class Subscription {
    private final String queue;
    private final Map<String, Effect<?>> effects;

    record Effect<T>(Class<T> data, Function<Received<T>, Mono<Void>> run) {}

    private Subscription(String queue, Map<String, Effect<?>> effects) {
        this.queue = queue;
        this.effects = effects;
    }

    /// @param name `<service>.<purpose>`
    public static Subscription queue(String name) {
        return new Subscription(name, Map.of());
    }

    /// This subscription with one more event type.
    public <T> Subscription on(String type, Class<T> data, Function<Received<T>, Mono<Void>> effect) {
        var more = new LinkedHashMap<>(effects);
        more.put(type, new Effect<>(data, effect));
        return new Subscription(queue, more);
    }

    public String queue() {
        return queue;
    }

    Set<String> types() {
        return effects.keySet();
    }

    @Nullable
    Effect<?> effect(String type) {
        return effects.get(type);
    }
}
