package io.linli.kit.sample;

import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.messaging.ComesEarly;
import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.messaging.Received;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// Notes and what was heard of them. `heard` has no unique key on purpose: an effect that happened twice is seen twice.
@Repository
public class Notes {
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Clock clock;

    private final AtomicReference<Runnable> duringEffect = new AtomicReference<>(() -> {});

    Notes(DatabaseClient database, Transactions transactions, Outbox outbox, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Runs something inside each effect, before its transaction commits: where a test breaks something.
    public void duringEffect(Runnable fault) {
        duringEffect.set(fault);
    }

    /// Stores a note and tells of it; to be called inside a transaction.
    public Mono<Note> write(UUID community, String text) {
        var note = new Note(Ids.next(), text);
        return database.sql("INSERT INTO note (id, community_id, text, written_at) VALUES ($1, $2, $3, $4)")
                .bind(0, note.noteId())
                .bind(1, community)
                .bind(2, text)
                .bind(3, clock.instant())
                .fetch()
                .rowsUpdated()
                .then(outbox.publish(new Event(community, "note.written.v1", note.noteId(), note)))
                .thenReturn(note);
    }

    /// Tells of many notes in one transaction.
    public Mono<Void> tell(UUID community, String type, List<String> texts) {
        var events = texts.stream()
                .map(text -> new Event(community, type, Ids.next(), new Note(Ids.next(), text)))
                .toList();
        return transactions.in(community, () -> outbox.publish(events));
    }

    Mono<Note> find(UUID community, UUID noteId) {
        return transactions.in(
                community,
                () -> database.sql("SELECT id, text FROM note WHERE id = $1")
                        .bind(0, noteId)
                        .map((row, _) -> new Note(row.get(0, UUID.class), row.get(1, String.class)))
                        .one());
    }

    Mono<Long> change(UUID noteId, String text) {
        return database.sql("UPDATE note SET text = $2 WHERE id = $1")
                .bind(0, noteId)
                .bind(1, text)
                .fetch()
                .rowsUpdated();
    }

    Mono<Long> remove(UUID noteId) {
        return database.sql("DELETE FROM note WHERE id = $1")
                .bind(0, noteId)
                .fetch()
                .rowsUpdated();
    }

    Mono<Long> count(double seconds) {
        return database.sql("SELECT count(*) FROM note, pg_sleep($1)")
                .bind(0, seconds)
                .map((row, _) -> row.get(0, Long.class))
                .one();
    }

    /// The effect of the event: remembers the text. Some texts ask for trouble.
    Mono<Void> hear(Received<Note> event) {
        var text = event.data().text();
        return database.sql("SELECT count(*) FROM known WHERE text = $1")
                .bind(0, text)
                .map((row, _) -> row.get(0, Long.class) > 0)
                .one()
                .flatMap(known -> refuse(text, known))
                .then(database.sql("INSERT INTO heard (event_id, community_id, text) VALUES ($1, $2, $3)")
                        .bind(0, event.id())
                        .bind(1, event.community())
                        .bind(2, text)
                        .fetch()
                        .rowsUpdated())
                .then(Mono.fromRunnable(() -> duringEffect.get().run()));
    }

    private static Mono<Void> refuse(String text, boolean known) {
        if (text.startsWith("early") && !known) {
            return Mono.error(new ComesEarly(text));
        }
        return text.startsWith("poison") && !known
                ? Mono.error(new IllegalStateException("cannot digest " + text))
                : Mono.empty();
    }

    static io.linli.kit.web.Problem missing() {
        return io.linli.kit.web.Problem.of(HttpStatus.NOT_FOUND, "note-missing");
    }
}
