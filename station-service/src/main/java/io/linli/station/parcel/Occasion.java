package io.linli.station.parcel;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who acted on parcels of a community, when that happened and when the station heard of it.
public record Occasion(UUID community, Actor actor, Instant occurredAt, Instant receivedAt) {

    /// A role, and the member who acted in it where one is known.
    public record Actor(String role, @Nullable UUID member) {}

    /// A member acts at the station, now.
    public static Occasion of(UUID community, String role, UUID member, Instant now) {
        return new Occasion(community, new Actor(role, member), now, now);
    }

    /// Somebody who is no member, or not known as one, acted elsewhere.
    public static Occasion heard(UUID community, String role, Instant occurredAt, Instant now) {
        return new Occasion(community, new Actor(role, null), occurredAt, now);
    }

    static Occasion heard(UUID community, Actor actor, Instant occurredAt, Instant now) {
        return new Occasion(community, actor, occurredAt, now);
    }
}
