package io.linli.kit.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Mono;

/// What waits to be published, to be tried again and for an operator, as gauges measured every few seconds.
class BacklogMetrics {
    private final Parked parked;
    private final AtomicReference<Parked.Backlog> last = new AtomicReference<>(new Parked.Backlog(0, 0, 0, 0));

    BacklogMetrics(Parked parked, MeterRegistry meters) {
        this.parked = parked;
        gauge(meters, "linli.outbox.rows", Parked.Backlog::outboxRows);
        gauge(meters, "linli.outbox.oldest.seconds", Parked.Backlog::outboxOldestSeconds);
        gauge(meters, "linli.inbox.waiting", Parked.Backlog::waiting);
        gauge(meters, "linli.parked", Parked.Backlog::parked);
    }

    private void gauge(MeterRegistry meters, String name, ToDoubleFunction<Parked.Backlog> figure) {
        Gauge.builder(name, last, reference -> figure.applyAsDouble(reference.get()))
                .register(meters);
    }

    @Scheduled(fixedDelayString = "PT2S")
    Mono<Void> measure() {
        return parked.measure().doOnNext(last::set).onErrorComplete().then();
    }
}
