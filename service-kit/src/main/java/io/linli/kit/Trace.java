package io.linli.kit;

import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/// The trace that work belongs to, from its reactive context. Threads know it everywhere only with
/// `spring.reactor.context-propagation: auto`, which costs a busy service a tenth of its rate.
public final class Trace {
    private static final ContextSnapshotFactory SNAPSHOTS =
            ContextSnapshotFactory.builder().build();

    private Trace() {}

    /// As a `traceparent` (W3C Trace Context), not sampled; null outside a trace.
    public static @Nullable String parent(ContextView context) {
        Observation observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        TracingContext tracing =
                observation == null ? null : observation.getContextView().get(TracingContext.class);
        var span = tracing == null ? null : tracing.getSpan();
        return span == null
                ? null
                : "00-" + span.context().traceId() + "-" + span.context().spanId() + "-00";
    }

    /// Runs `work` with the trace on its thread, so that what it logs tells it.
    public static <T> T on(ContextView context, Supplier<T> work) {
        try (var _ = SNAPSHOTS.setThreadLocalsFrom(context, ObservationThreadLocalAccessor.KEY)) {
            return work.get();
        }
    }
}
