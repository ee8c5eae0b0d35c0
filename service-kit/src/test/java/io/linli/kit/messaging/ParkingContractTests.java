package io.linli.kit.messaging;

import static io.linli.kit.messaging.Story.ARRIVAL_MAX;
import static io.linli.kit.messaging.Story.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.linli.kit.testing.Await;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of events that cannot be delivered or handled, held against every broker within reach: they hold nobody
/// up, wait or are parked where an operator sees them, and can be replayed.
@ParameterizedClass(name = "{0}")
@MethodSource(SampleOnBroker.ALL)
class ParkingContractTests {

    private final SampleOnBroker sample;
    private final Story story;

    ParkingContractTests(SampleOnBroker sample) {
        this.sample = sample;
        this.story = new Story(sample);
    }

    @Test
    void an_event_without_a_queue_waits_until_one_is_bound_and_holds_nobody_up() throws Exception {
        story.tell("note.unheard.v1", 1);
        story.tell(WRITTEN, 1);
        Await.until("the other event to be heard", ARRIVAL_MAX, () -> story.heard() == 1);
        Await.until("it to be returned twice", ARRIVAL_MAX, () -> story.attempts("note.unheard.v1") >= 2);

        var channel = sample.broker.channel();
        var late = channel.queueDeclare("", false, true, true, null).getQueue();
        channel.queueBind(late, sample.broker.exchange, "note.unheard.v1");

        var got = Await.untilPresent(
                "the event in the late queue", ARRIVAL_MAX, () -> Optional.ofNullable(channel.basicGet(late, true)));
        assertThat(got.getProps().getType()).isEqualTo("note.unheard.v1");
        Await.until("the outbox to be empty", ARRIVAL_MAX, () -> story.unsent() == 0);
        channel.abort();
    }

    @Test
    void an_event_nobody_ever_wants_is_parked_and_can_be_replayed() throws Exception {
        story.tell("note.forgotten.v1", 1);
        Await.until("it to be parked", ARRIVAL_MAX, () -> story.parkedInOutbox() == 1);

        var channel = sample.broker.channel();
        var late = channel.queueDeclare("", false, true, true, null).getQueue();
        channel.queueBind(late, sample.broker.exchange, "note.forgotten.v1");
        var parked = sample.service.getBean(Parked.class);
        var entry = parked.list(200).block(ARRIVAL_MAX).stream()
                .filter(found -> found.communityId().equals(story.community))
                .findFirst()
                .orElseThrow();
        assertThat(entry.queue()).isEqualTo("outbox");
        parked.replay(entry.queue(), entry.eventId()).block(ARRIVAL_MAX);

        Await.untilPresent("the event", ARRIVAL_MAX, () -> Optional.ofNullable(channel.basicGet(late, true)));
        Await.until("the outbox to be empty", ARRIVAL_MAX, () -> story.unsent() + story.parkedInOutbox() == 0);
        channel.abort();
    }

    @Test
    void a_poison_event_is_parked_others_pass_and_it_has_its_effect_once_replayed() {
        story.tell(WRITTEN, List.of("poison"));
        story.tell(WRITTEN, 50);
        Await.until("the healthy events to be heard", ARRIVAL_MAX, () -> story.heard() == 50);
        Await.until(
                "the poison to be parked",
                ARRIVAL_MAX,
                () -> story.inboxState("poison").equals("parked"));

        story.know("poison");
        var parked = sample.service.getBean(Parked.class);
        var entry = parked.list(200).block(ARRIVAL_MAX).stream()
                .filter(found -> found.communityId().equals(story.community))
                .findFirst()
                .orElseThrow();
        assertThat(entry.queue()).isEqualTo(sample.broker.queue);
        assertThat(entry.attempts()).isEqualTo(3);
        assertThat(entry.lastError()).contains("cannot digest poison");
        parked.replay(entry.queue(), entry.eventId()).block(ARRIVAL_MAX);

        story.everyEventHasItsEffectOnce(51);
    }

    @Test
    void messages_that_are_no_events_are_parked_and_hold_nobody_up() throws Exception {
        long before = story.parkedInInbox();
        var channel = sample.broker.channel();
        var nothing = new AMQP.BasicProperties.Builder().deliveryMode(2).build();
        var id = UUID.randomUUID().toString();
        var attributes = new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .headers(Map.of(
                        "cloudEvents:id", id, "cloudEvents:story.community", "nobody", "cloudEvents:type", WRITTEN))
                .build();
        channel.basicPublish(sample.broker.exchange, WRITTEN, nothing, "{not json".getBytes(StandardCharsets.UTF_8));
        channel.basicPublish(sample.broker.exchange, WRITTEN, attributes, new byte[] {0, 1, 2, (byte) 0xff, 0});
        channel.basicPublish(sample.broker.exchange, WRITTEN, nothing, new byte[0]);
        story.tell(WRITTEN, 5);

        Await.until("all to be parked", ARRIVAL_MAX, () -> story.parkedInInbox() == before + 3);
        story.everyEventHasItsEffectOnce(5);
        channel.abort();
    }

    @Test
    void an_early_event_waits_without_being_parked() {
        story.tell(WRITTEN, List.of("early bird"));
        Await.until("more attempts than a failure is given", ARRIVAL_MAX, () -> story.waitingAttempts() > 3);
        assertThat(story.inboxState("early bird")).isEqualTo("waiting");

        story.know("early bird");

        story.everyEventHasItsEffectOnce(1);
    }
}
