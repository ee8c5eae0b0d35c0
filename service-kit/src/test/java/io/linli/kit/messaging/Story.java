package io.linli.kit.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.sample.Notes;
import io.linli.kit.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What one community tells and hears: each test has its own, so that no test meets the events of another.
final class Story {

    static final Duration ARRIVAL_MAX = Duration.ofSeconds(60);
    static final String WRITTEN = "note.written.v1";

    final UUID community = UUID.randomUUID();
    final Notes notes;

    private final BrokerUnderTest broker;
    private final JdbcClient jdbc;

    Story(SampleOnBroker sample) {
        this.broker = sample.broker;
        this.notes = sample.service.getBean(Notes.class);
        this.jdbc = sample.database.jdbc();
    }

    void tell(String type, int count) {
        var texts =
                IntStream.range(0, count).mapToObj(number -> "note " + number).toList();
        tell(type, texts);
    }

    void tell(String type, List<String> texts) {
        notes.tell(community, type, texts).block(Duration.ofSeconds(10));
    }

    long heard() {
        return jdbc.sql("SELECT count(DISTINCT event_id) FROM heard WHERE community_id = ?")
                .param(community)
                .query(Long.class)
                .single();
    }

    long effects() {
        return jdbc.sql("SELECT count(*) FROM heard WHERE community_id = ?")
                .param(community)
                .query(Long.class)
                .single();
    }

    long unsent() {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE community_id = ? AND parked_at IS NULL")
                .param(community)
                .query(Long.class)
                .single();
    }

    String inboxState(String text) {
        return jdbc.sql("SELECT state FROM inbox WHERE community_id = ? AND body LIKE ?")
                .params(community, "%\"" + text + "\"%")
                .query(String.class)
                .optional()
                .orElse("");
    }

    void know(String text) {
        jdbc.sql("INSERT INTO known (community_id, text) VALUES (?, ?)")
                .params(community, text)
                .update();
    }

    /// All arrive, and once everything is still none has had its effect twice.
    void everyEventHasItsEffectOnce(long count) {
        Await.until(count + " events to be heard", ARRIVAL_MAX, () -> heard() >= count);
        Await.until("the outbox to be empty", ARRIVAL_MAX, () -> unsent() == 0);
        Await.until("the queue to be empty", ARRIVAL_MAX, () -> broker.waiting() == 0);
        assertThat(heard()).isEqualTo(count);
        assertThat(effects()).isEqualTo(count);
    }

    int attempts(String type) {
        return jdbc.sql("SELECT max(attempts) FROM outbox WHERE community_id = ? AND type = ?")
                .params(community, type)
                .query(Integer.class)
                .single();
    }

    long parkedInOutbox() {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE community_id = ? AND parked_at IS NOT NULL")
                .param(community)
                .query(Long.class)
                .single();
    }

    long parkedInInbox() {
        return jdbc.sql("SELECT count(*) FROM inbox WHERE state = 'parked'")
                .query(Long.class)
                .single();
    }

    int waitingAttempts() {
        return jdbc.sql("SELECT attempts FROM inbox WHERE community_id = ? AND state = 'waiting'")
                .param(community)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }
}
