package io.linli.kit.messaging;

import static io.linli.kit.messaging.Story.ARRIVAL_MAX;
import static io.linli.kit.messaging.Story.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.data.Ids;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.TestEvents;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What the kit promises about events, held against every broker within reach: nothing is lost and nothing has its
/// effect twice, whatever happens to connections, brokers and consumers.
@ParameterizedClass(name = "{0}")
@MethodSource(SampleOnBroker.ALL)
class MessagingContractTests {

    private final SampleOnBroker sample;
    private final Story story;

    MessagingContractTests(SampleOnBroker sample) {
        this.sample = sample;
        this.story = new Story(sample);
    }

    @AfterEach
    void heal() {
        sample.broker.proxy.pass();
        story.notes.duringEffect(() -> {});
    }

    @Test
    void ten_thousand_events_have_their_effect_once() {
        for (int transaction = 0; transaction < 20; transaction++) {
            story.tell(WRITTEN, 500);
        }

        story.everyEventHasItsEffectOnce(10_000);
    }

    @Test
    void nothing_is_lost_or_doubled_when_connections_are_killed() {
        for (int round = 1; round <= 10; round++) {
            long before = story.heard();
            story.tell(WRITTEN, 100);
            Await.until("some progress", ARRIVAL_MAX, () -> story.heard() > before);
            sample.broker.proxy.resetAll();
        }

        story.everyEventHasItsEffectOnce(1_000);
        assertThat(sample.broker.proxy.accepted()).isGreaterThan(10);
    }

    @Test
    void nothing_is_lost_or_doubled_when_connections_are_cut_in_the_middle_of_a_frame() {
        for (int round = 1; round <= 10; round++) {
            sample.broker.proxy.cutAfter(5_000L + 1_777L * round);
            story.tell(WRITTEN, 50);
            long all = 50L * round;
            Await.until(all + " events to be heard", ARRIVAL_MAX, () -> story.heard() >= all);
        }

        story.everyEventHasItsEffectOnce(500);
    }

    @Test
    void events_written_while_the_broker_is_down_arrive_after_its_restart() {
        story.tell(WRITTEN, 200);
        Await.until("some progress", ARRIVAL_MAX, () -> story.heard() > 0);

        sample.broker.goDown();
        story.tell(WRITTEN, 100);
        sample.broker.comeBack();

        story.everyEventHasItsEffectOnce(300);
    }

    @Test
    void writing_goes_on_while_the_broker_says_nothing() {
        long connections = sample.broker.proxy.accepted();
        sample.broker.proxy.blackHole();
        story.tell(WRITTEN, 100);
        Await.until(
                "the relay to give up its connection", ARRIVAL_MAX, () -> sample.broker.proxy.accepted() > connections);
        story.tell(WRITTEN, 100);
        assertThat(story.unsent()).isEqualTo(200);

        sample.broker.proxy.pass();

        story.everyEventHasItsEffectOnce(200);
    }

    @Test
    void a_consumer_that_dies_after_the_effect_and_before_the_ack_has_it_once() {
        long connections = sample.broker.proxy.accepted();
        var once = new AtomicBoolean(true);
        story.notes.duringEffect(() -> {
            if (once.getAndSet(false)) {
                sample.broker.proxy.resetAll();
            }
        });

        story.tell(WRITTEN, 1);

        Await.until("a new connection", ARRIVAL_MAX, () -> sample.broker.proxy.accepted() > connections);
        story.tell(WRITTEN, 50); // Behind the redelivery: once they are heard, it has been handled.
        story.everyEventHasItsEffectOnce(51);
    }

    @Test
    void an_effect_that_fails_is_rolled_back_and_tried_again() {
        var once = new AtomicBoolean(true);
        story.notes.duringEffect(() -> {
            if (once.getAndSet(false)) {
                throw new IllegalStateException("failed after its statements");
            }
        });

        story.tell(WRITTEN, 1);

        story.everyEventHasItsEffectOnce(1);
    }

    @Test
    void a_replica_may_stop_in_the_middle() {
        try (var second = sample.replica()) {
            story.tell(WRITTEN, 400);
            Await.until("some progress", ARRIVAL_MAX, () -> story.heard() > 20);
            assertThat(second.isActive()).isTrue();
        }

        story.everyEventHasItsEffectOnce(400);
    }

    @Test
    void a_duplicate_delivery_has_no_second_effect() {
        var id = Ids.next();
        try (var others = TestEvents.connect(sample.broker.url(), sample.broker.exchange)) {
            for (int copy = 0; copy < 20; copy++) {
                others.publish(id, story.community, WRITTEN, UUID.randomUUID(), Map.of("text", "again"));
            }
        }

        story.everyEventHasItsEffectOnce(1);
    }

    /// A relay that asked for ids above the last one would never see the first of the two.
    @Test
    void an_event_with_a_lower_id_that_commits_later_is_not_lost() throws Exception {
        try (var connection = sample.database.connect()) {
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("""
                    INSERT INTO outbox (id, community_id, type, subject, body, occurred_at, next_attempt_at)
                    VALUES (?, ?, 'note.written.v1', ?, '{"text": "first id, last commit"}', now(), now())""")) {
                insert.setObject(1, Ids.next());
                insert.setObject(2, story.community);
                insert.setObject(3, UUID.randomUUID());
                insert.executeUpdate();
            }
            story.tell(WRITTEN, 1);
            Await.until("the second event to be heard", ARRIVAL_MAX, () -> story.heard() == 1);

            connection.commit();
        }

        story.everyEventHasItsEffectOnce(2);
    }
}
