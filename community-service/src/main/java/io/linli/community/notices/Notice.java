package io.linli.community.notices;

import io.linli.kit.data.Ids;
import io.linli.kit.messaging.Received;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// What happened, told to one household.
///
/// @param kind the event type without its version
/// @param data what the event says about this household, without personal data
record Notice(UUID id, UUID household, String kind, UUID subject, Map<String, Object> data, Instant at) {

    static Notice of(Received<?> event, UUID household, UUID subject, Map<String, Object> data) {
        return new Notice(Ids.next(), household, kind(event.type()), subject, data, event.occurredAt());
    }

    private static String kind(String type) {
        return type.substring(0, type.lastIndexOf(".v"));
    }
}
