package io.linli.kit.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.linli.kit.ServiceKit;
import io.linli.kit.data.Ids;
import io.linli.kit.sample.Notes;
import io.linli.kit.sample.SampleApplication;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.TestDatabase;
import io.linli.kit.testing.TestEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the kit promises about events, held against every broker within reach: nothing is lost and nothing has its effect
/// twice, whatever happens to connections, brokers and consumers. RabbitMQ is used where `LINLI_TEST_RABBITMQ` names one.
@ParameterizedClass(name = "{0}")
@MethodSource("brokers")
class MessagingContractTests {

    private static final Duration ARRIVAL_MAX = Duration.ofSeconds(60);
    private static final String WRITTEN = "note.written.v1";

    private static BrokerUnderTest broker;
    private static TestDatabase database;
    private static ConfigurableApplicationContext service;

    private final UUID community = UUID.randomUUID();
    private final Notes notes = service.getBean(Notes.class);
    private final JdbcClient jdbc = database.jdbc();

    MessagingContractTests(BrokerUnderTest parameter) {
        assertThat(parameter).isSameAs(broker);
    }

    static Stream<BrokerUnderTest> brokers() {
        var rabbitmq = Optional.ofNullable(System.getenv("LINLI_TEST_RABBITMQ")).filter(url -> !url.isBlank());
        return Stream.concat(
                Stream.of("embedded").map(_ -> BrokerUnderTest.embedded()),
                rabbitmq.stream().map(BrokerUnderTest::rabbitmq));
    }

    @BeforeParameterizedClassInvocation
    static void start(BrokerUnderTest parameter) {
        broker = parameter;
        database = TestDatabase.create();
        service = replica();
    }

    private static ConfigurableApplicationContext replica() {
        var settings = database.properties();
        settings.put("server.port", "0");
        settings.put("linli.rabbitmq.url", broker.url());
        settings.put("linli.rabbitmq.exchange", broker.exchange);
        settings.put("sample.queue", broker.queue);
        return ServiceKit.run(SampleApplication.class, "kit-sample", settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        service.close();
        database.close();
    }

    @AfterEach
    void heal() {
        broker.proxy.pass();
        notes.duringEffect(() -> {});
    }

    private void tell(String type, int count) {
        var texts = IntStream.range(0, count).mapToObj(number -> "note " + number).toList();
        tell(type, texts);
    }

    private void tell(String type, List<String> texts) {
        notes.tell(community, type, texts).block(Duration.ofSeconds(10));
    }

    private long heard() {
        return jdbc.sql("SELECT count(DISTINCT event_id) FROM heard WHERE community_id = ?")
                .param(community)
                .query(Long.class)
                .single();
    }

    private long effects() {
        return jdbc.sql("SELECT count(*) FROM heard WHERE community_id = ?")
                .param(community)
                .query(Long.class)
                .single();
    }

    private long unsent() {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE community_id = ? AND parked_at IS NULL")
                .param(community)
                .query(Long.class)
                .single();
    }

    private String inboxState(String text) {
        return jdbc.sql("SELECT state FROM inbox WHERE community_id = ? AND body LIKE ?")
                .params(community, "%\"" + text + "\"%")
                .query(String.class)
                .optional()
                .orElse("");
    }

    private void know(String text) {
        jdbc.sql("INSERT INTO known (community_id, text) VALUES (?, ?)")
                .params(community, text)
                .update();
    }

    /// All arrive, and once everything is still none has had its effect twice.
    private void everyEventHasItsEffectOnce(long count) {
        Await.until(count + " events to be heard", ARRIVAL_MAX, () -> heard() >= count);
        Await.until("the outbox to be empty", ARRIVAL_MAX, () -> unsent() == 0);
        Await.until("the queue to be empty", ARRIVAL_MAX, () -> broker.waiting() == 0);
        assertThat(heard()).isEqualTo(count);
        assertThat(effects()).isEqualTo(count);
    }

    @Test
    void ten_thousand_events_have_their_effect_once() {
        for (int transaction = 0; transaction < 20; transaction++) {
            tell(WRITTEN, 500);
        }

        everyEventHasItsEffectOnce(10_000);
    }

    @Test
    void nothing_is_lost_or_doubled_when_connections_are_killed() {
        for (int round = 1; round <= 10; round++) {
            long before = heard();
            tell(WRITTEN, 100);
            Await.until("some progress", ARRIVAL_MAX, () -> heard() > before);
            broker.proxy.resetAll();
        }

        everyEventHasItsEffectOnce(1_000);
        assertThat(broker.proxy.accepted()).isGreaterThan(10);
    }

    @Test
    void nothing_is_lost_or_doubled_when_connections_are_cut_in_the_middle_of_a_frame() {
        for (int round = 1; round <= 10; round++) {
            broker.proxy.cutAfter(5_000L + 1_777L * round);
            tell(WRITTEN, 50);
            long all = 50L * round;
            Await.until(all + " events to be heard", ARRIVAL_MAX, () -> heard() >= all);
        }

        everyEventHasItsEffectOnce(500);
    }

    @Test
    void events_written_while_the_broker_is_down_arrive_after_its_restart() {
        tell(WRITTEN, 200);
        Await.until("some progress", ARRIVAL_MAX, () -> heard() > 0);

        broker.goDown();
        tell(WRITTEN, 100);
        broker.comeBack();

        everyEventHasItsEffectOnce(300);
    }

    @Test
    void writing_goes_on_while_the_broker_says_nothing() {
        broker.proxy.blackHole();
        tell(WRITTEN, 100);
        Await.until("the relay to give up on the confirms", ARRIVAL_MAX, () -> attempts(WRITTEN) > 0);
        tell(WRITTEN, 100);
        assertThat(unsent()).isEqualTo(200);

        broker.proxy.pass();

        everyEventHasItsEffectOnce(200);
    }

    @Test
    void a_consumer_that_dies_after_the_effect_and_before_the_ack_has_it_once() {
        long connections = broker.proxy.accepted();
        var once = new AtomicBoolean(true);
        notes.duringEffect(() -> {
            if (once.getAndSet(false)) {
                broker.proxy.resetAll();
            }
        });

        tell(WRITTEN, 1);

        everyEventHasItsEffectOnce(1);
        assertThat(broker.proxy.accepted()).isGreaterThan(connections);
    }

    @Test
    void an_effect_that_fails_is_rolled_back_and_tried_again() {
        var once = new AtomicBoolean(true);
        notes.duringEffect(() -> {
            if (once.getAndSet(false)) {
                throw new IllegalStateException("failed after its statements");
            }
        });

        tell(WRITTEN, 1);

        everyEventHasItsEffectOnce(1);
    }

    @Test
    void a_replica_may_stop_in_the_middle() {
        try (var second = replica()) {
            tell(WRITTEN, 400);
            Await.until("some progress", ARRIVAL_MAX, () -> heard() > 20);
            assertThat(second.isActive()).isTrue();
        }

        everyEventHasItsEffectOnce(400);
    }

    @Test
    void an_event_without_a_queue_waits_until_one_is_bound_and_holds_nobody_up() throws Exception {
        tell("note.unheard.v1", 1);
        tell(WRITTEN, 1);
        Await.until("the other event to be heard", ARRIVAL_MAX, () -> heard() == 1);
        Await.until("it to be returned twice", ARRIVAL_MAX, () -> attempts("note.unheard.v1") >= 2);

        var channel = broker.channel();
        var late = channel.queueDeclare("", false, true, true, null).getQueue();
        channel.queueBind(late, broker.exchange, "note.unheard.v1");

        var got = Await.untilPresent(
                "the event in the late queue", ARRIVAL_MAX, () -> Optional.ofNullable(channel.basicGet(late, true)));
        assertThat(got.getProps().getType()).isEqualTo("note.unheard.v1");
        Await.until("the outbox to be empty", ARRIVAL_MAX, () -> unsent() == 0);
        channel.abort();
    }

    private int attempts(String type) {
        return jdbc.sql("SELECT max(attempts) FROM outbox WHERE community_id = ? AND type = ?")
                .params(community, type)
                .query(Integer.class)
                .single();
    }

    @Test
    void an_event_nobody_ever_wants_is_parked_and_can_be_replayed() throws Exception {
        tell("note.forgotten.v1", 1);
        Await.until("it to be parked", ARRIVAL_MAX, () -> parkedInOutbox() == 1);

        var channel = broker.channel();
        var late = channel.queueDeclare("", false, true, true, null).getQueue();
        channel.queueBind(late, broker.exchange, "note.forgotten.v1");
        var parked = service.getBean(Parked.class);
        var entry = parked.list(200).block(ARRIVAL_MAX).stream()
                .filter(found -> found.communityId().equals(community))
                .findFirst()
                .orElseThrow();
        assertThat(entry.queue()).isEqualTo("outbox");
        parked.replay(entry.queue(), entry.eventId()).block(ARRIVAL_MAX);

        Await.untilPresent("the event", ARRIVAL_MAX, () -> Optional.ofNullable(channel.basicGet(late, true)));
        Await.until("the outbox to be empty", ARRIVAL_MAX, () -> unsent() + parkedInOutbox() == 0);
        channel.abort();
    }

    private long parkedInOutbox() {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE community_id = ? AND parked_at IS NOT NULL")
                .param(community)
                .query(Long.class)
                .single();
    }

    @Test
    void a_poison_event_is_parked_others_pass_and_it_has_its_effect_once_replayed() {
        tell(WRITTEN, List.of("poison"));
        tell(WRITTEN, 50);
        Await.until("the healthy events to be heard", ARRIVAL_MAX, () -> heard() == 50);
        Await.until("the poison to be parked", ARRIVAL_MAX, () -> inboxState("poison").equals("parked"));

        know("poison");
        var parked = service.getBean(Parked.class);
        var entry = parked.list(200).block(ARRIVAL_MAX).stream()
                .filter(found -> found.communityId().equals(community))
                .findFirst()
                .orElseThrow();
        assertThat(entry.queue()).isEqualTo(broker.queue);
        assertThat(entry.attempts()).isEqualTo(3);
        assertThat(entry.lastError()).contains("cannot digest poison");
        parked.replay(entry.queue(), entry.eventId()).block(ARRIVAL_MAX);

        everyEventHasItsEffectOnce(51);
    }

    @Test
    void messages_that_are_no_events_are_parked_and_hold_nobody_up() throws Exception {
        long before = parkedInInbox();
        var channel = broker.channel();
        var nothing = new AMQP.BasicProperties.Builder().deliveryMode(2).build();
        var id = UUID.randomUUID().toString();
        var attributes = new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .headers(Map.of("cloudEvents:id", id, "cloudEvents:community", "nobody", "cloudEvents:type", WRITTEN))
                .build();
        channel.basicPublish(broker.exchange, WRITTEN, nothing, "{not json".getBytes(StandardCharsets.UTF_8));
        channel.basicPublish(broker.exchange, WRITTEN, attributes, new byte[] {0, 1, 2, (byte) 0xff, 0});
        channel.basicPublish(broker.exchange, WRITTEN, nothing, new byte[0]);
        tell(WRITTEN, 5);

        Await.until("all to be parked", ARRIVAL_MAX, () -> parkedInInbox() == before + 3);
        everyEventHasItsEffectOnce(5);
        channel.abort();
    }

    private long parkedInInbox() {
        return jdbc.sql("SELECT count(*) FROM inbox WHERE state = 'parked'")
                .query(Long.class)
                .single();
    }

    @Test
    void an_early_event_waits_without_being_parked() {
        tell(WRITTEN, List.of("early bird"));
        Await.until("more attempts than a failure is given", ARRIVAL_MAX, () -> waitingAttempts() > 3);
        assertThat(inboxState("early bird")).isEqualTo("waiting");

        know("early bird");

        everyEventHasItsEffectOnce(1);
    }

    private int waitingAttempts() {
        return jdbc.sql("SELECT attempts FROM inbox WHERE community_id = ? AND state = 'waiting'")
                .param(community)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    @Test
    void a_duplicate_delivery_has_no_second_effect() {
        var id = Ids.next();
        try (var others = TestEvents.connect(broker.url(), broker.exchange)) {
            for (int copy = 0; copy < 20; copy++) {
                others.publish(id, community, WRITTEN, UUID.randomUUID(), Map.of("text", "again"));
            }
        }

        everyEventHasItsEffectOnce(1);
    }

    /// A relay that asked for ids above the last one would never see the first of the two.
    @Test
    void an_event_with_a_lower_id_that_commits_later_is_not_lost() throws Exception {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("""
                    INSERT INTO outbox (id, community_id, type, subject, body, occurred_at, next_attempt_at)
                    VALUES (?, ?, 'note.written.v1', ?, '{"text": "first id, last commit"}', now(), now())""")) {
                insert.setObject(1, Ids.next());
                insert.setObject(2, community);
                insert.setObject(3, UUID.randomUUID());
                insert.executeUpdate();
            }
            tell(WRITTEN, 1);
            Await.until("the second event to be heard", ARRIVAL_MAX, () -> heard() == 1);

            connection.commit();
        }

        everyEventHasItsEffectOnce(2);
    }
}
