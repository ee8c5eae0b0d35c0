package io.linli.kit.messaging;

import io.linli.kit.Trace;
import io.linli.kit.data.Ids;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Where events are written, in the transaction of the change they tell of; the relay publishes them afterwards.
public class Outbox {
    static final String CHANNEL = "linli_outbox";

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    Outbox(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    public Mono<Void> publish(Event... events) {
        return publish(Arrays.asList(events));
    }

    /// Stores the events' final bytes; a notification wakes the relay at commit.
    public Mono<Void> publish(List<Event> events) {
        return events.isEmpty() ? Mono.empty() : Mono.deferContextual(context -> insert(events, Trace.parent(context)));
    }

    private Mono<Void> insert(List<Event> events, @Nullable String current) {
        return database.sql("""
                        WITH stored AS (
                            INSERT INTO outbox (id, community_id, type, subject, body, traceparent, occurred_at, next_attempt_at)
                            SELECT id, community, type, subject, body, trace, $7, $7
                              FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[])
                                AS event (id, community, type, subject, body, trace)
                            RETURNING 1)
                        SELECT pg_notify('linli_outbox', '') FROM (SELECT count(*) FROM stored) AS counted""")
                .bind(0, each(events, _ -> Ids.next(), UUID[]::new))
                .bind(1, each(events, Event::community, UUID[]::new))
                .bind(2, each(events, Event::type, String[]::new))
                .bind(3, each(events, Event::subject, UUID[]::new))
                .bind(4, each(events, event -> json.writeValueAsString(event.data()), String[]::new))
                .bind(5, each(events, event -> event.trace() == null ? current : event.trace(), String[]::new))
                .bind(6, clock.instant())
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static <T extends @Nullable Object> T[] each(
            List<Event> events, Function<Event, T> part, IntFunction<T[]> array) {
        return events.stream().map(part).toArray(array);
    }
}
