package io.linli.community.notices;

import io.linli.kit.data.Ids;
import io.linli.kit.messaging.Received;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened, told to one household or, with a `member`, to somebody besides or alone.
///
/// @param household absent when it is about no household
/// @param member who ordered for the household, leads its floor or leads a group buy; absent when the household itself
///     is told
/// @param kind the event type without its version
/// @param data what the event says about this household, without personal data
record Notice(
        UUID id,
        @Nullable UUID household,
        @Nullable UUID member,
        String kind,
        UUID subject,
        Map<String, Object> data,
        Instant at) {

    static Notice of(Received<?> event, UUID household, UUID subject, Map<String, Object> data) {
        return new Notice(Ids.next(), household, null, kind(event.type()), subject, data, event.occurredAt());
    }

    static Notice toMember(Received<?> event, UUID member, UUID subject, Map<String, Object> data) {
        return new Notice(Ids.next(), null, member, kind(event.type()), subject, data, event.occurredAt());
    }

    Notice toldTo(UUID other) {
        return new Notice(Ids.next(), household, other, kind, subject, data, at);
    }

    private static String kind(String type) {
        return type.substring(0, type.lastIndexOf(".v"));
    }
}
