package io.linli.kit.messaging;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A fact other services may hear.
///
/// @param type `<aggregate>.<past-tense>.v<N>`, also the routing key
/// @param subject the aggregate it happened to
/// @param data a record; becomes the JSON body
/// @param trace the `traceparent` of what caused it; null for the trace of the current request
public record Event(
        UUID community,
        String type,
        UUID subject,
        Object data,
        @Nullable String trace) {

    public Event(UUID community, String type, UUID subject, Object data) {
        this(community, type, subject, data, null);
    }

    /// The same fact, caused by this trace: for work that is gathered from several requests.
    public Event causedBy(@Nullable String traceparent) {
        return new Event(community, type, subject, data, traceparent);
    }
}
