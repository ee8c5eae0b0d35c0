package io.linli.station.pickup;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.station.StationDay;
import io.linli.station.StationDay.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Codes and hand-overs: what a keeper and a resident see, and what guessing brings.
class HandOverTests {
    private static final String WRONG = "22222222";

    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station()
            .with("linli.database.connections-max", "30")
            .with("linli.database.acquire-timeout", "15s")
            .with("linli.database.lock-timeout", "12s")
            .with("linli.database.statement-timeout", "14s")
            .with("linli.database.idle-in-transaction-timeout", "15s")
            .with("linli.database.transaction-timeout", "18s");

    private StationDay day;
    private UUID household;

    @BeforeEach
    void aHouseholdWithTwoParcels() {
        day = StationDay.on(service);
        day.shelf(2, 5, 20);
        household = day.household(false, true);
        day.shelved(List.of(household));
        day.shelved(List.of(household));
    }

    private static List<Answer> together(int count, IntFunction<Answer> call) throws InterruptedException {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, count)
                    .mapToObj(number -> (Callable<Answer>) () -> call.apply(number))
                    .toList();
            return callers.invokeAll(calls).stream()
                    .map(done -> done.resultNow())
                    .toList();
        }
    }

    private long events(String type) {
        return service.events().heard(type).stream()
                .filter(heard -> heard.community().equals(day.community))
                .count();
    }

    private List<Map<String, Object>> codes() {
        return service.jdbc()
                .sql("SELECT * FROM pick_up_code WHERE household_id = ? ORDER BY id")
                .param(household)
                .query()
                .listOfRows();
    }

    @Test
    void one_code_opens_all_parcels_of_a_household_and_dies_with_the_last() {
        var label = day.label(household);
        var code = day.code(household);

        var answer = day.handOver(label, code.toLowerCase().substring(0, 4) + " " + code.substring(4));

        assertThat(answer.expect(201).body().path("parcels").size()).isEqualTo(2);
        assertThat(day.parcels(household)).extracting(StationDay.Shown::state).containsOnly("handed-over");
        assertThat(codes())
                .singleElement()
                .satisfies(code1 -> assertThat(code1.get("died_at")).isNotNull());
        day.get(day.resident(household), "/pick-up-code").refused(404, "nothing-to-collect");
        day.handOver(label, code).refused(409, "already-handed-over");
        StationDay.until("both are told", () -> events("parcel.handed-over.v1") == 2);
    }

    @Test
    void some_parcels_may_be_handed_over_and_the_code_lives_on_for_the_rest() {
        var parcels = day.parcels(household);
        var code = day.code(household);
        var some = Map.of(
                "label",
                day.label(household),
                "code",
                code,
                "parcelIds",
                List.of(parcels.get(1).id()));

        day.post(day.keeperToken(), "/hand-overs", some).expect(201);

        assertThat(day.code(household)).isEqualTo(code);
        day.post(day.keeperToken(), "/hand-overs", some).refused(409, "already-handed-over");
        day.handOver(day.label(household), code).expect(201);
        assertThat(day.parcels(household)).extracting(StationDay.Shown::state).containsOnly("handed-over");
    }

    @Test
    void a_code_does_not_open_what_belongs_to_others() {
        var other = day.household(false, true);
        day.shelved(List.of(other));
        var code = day.code(household);

        day.handOver(day.label(other), code).refused(422, "code-wrong");
        day.post(
                        day.keeperToken(),
                        "/hand-overs",
                        Map.of(
                                "label",
                                day.label(household),
                                "code",
                                code,
                                "parcelIds",
                                List.of(day.parcel(other).id())))
                .refused(422, "parcel-of-another-household");
        assertThat(day.parcels(household)).extracting(StationDay.Shown::state).containsOnly("ready");
        assertThat(day.parcel(other).state()).isEqualTo("ready");
        day.handOver("9-9-999999", code).refused(404, "label-unknown");
        day.post(
                        day.token(UUID.randomUUID(), "volunteer", "resident"),
                        "/hand-overs",
                        Map.of("label", day.label(household), "code", code))
                .refused(403, "role-required");
    }

    @Test
    void a_repeated_hand_over_gets_the_first_answer_although_the_code_is_dead() {
        var token = day.keeperToken();
        var body = Map.of("label", day.label(household), "code", day.code(household));

        var first = day.post(token, "/hand-overs", body, "tap");
        var second = day.post(token, "/hand-overs", body, "tap");

        assertThat(second.expect(201).body()).isEqualTo(first.expect(201).body());
        assertThat(second.headers().getFirst("Idempotent-Replayed")).isEqualTo("true");
        day.post(token, "/hand-overs", Map.of("label", body.get("label"), "code", WRONG), "tap")
                .refused(422, "idempotency-key-reused");
    }

    /// The parcels are held until many hand-overs wait for them, so that they really meet.
    @Test
    void fifty_keepers_hand_each_parcel_over_once() throws Exception {
        var labels =
                day.parcels(household).stream().map(StationDay.Shown::label).toList();
        var code = day.code(household);

        List<Answer> answers;
        try (var holder = holdParcels();
                var releaser = Executors.newVirtualThreadPerTaskExecutor()) {
            releaser.submit(() -> releaseWhenMet(holder));
            answers = together(
                    50,
                    number -> day.post(
                            day.token(UUID.randomUUID(), "keeper"),
                            "/hand-overs",
                            Map.of("label", String.valueOf(labels.get(number % 2)), "code", code)));
        }

        var byStatus = answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
        assertThat(byStatus).containsEntry(201, 1L).containsOnlyKeys(201, 409);
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM custody WHERE community_id = ? AND state = 'handed-over'")
                        .param(day.community)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    private Connection holdParcels() throws SQLException {
        var holder = service.database().connect();
        holder.setAutoCommit(false);
        try (var hold = holder.prepareStatement("SELECT id FROM parcel WHERE household_id = ? FOR UPDATE")) {
            hold.setObject(1, household);
            hold.executeQuery();
        }
        return holder;
    }

    private static Void releaseWhenMet(Connection holder) throws SQLException {
        StationDay.until("ten hand-overs wait for one another", () -> waiting() >= 10);
        holder.commit();
        return null;
    }

    private static long waiting() {
        return service.jdbc()
                .sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND wait_event_type = 'Lock' AND query NOT LIKE '%label_guess%'")
                .query(Long.class)
                .single();
    }

    @Test
    void wrong_codes_pause_the_label_and_a_renewal_ends_the_pause() {
        var label = day.label(household);
        for (var left = 4; left >= 0; left--) {
            var refusal = day.handOver(label, WRONG).refused(422, "code-wrong");
            assertThat(refusal.body().path("detail").asString()).contains("pause: " + left);
        }

        var paused = day.handOver(label, day.code(household)).refused(429, "too-many-guesses");
        assertThat(Long.parseLong(String.valueOf(paused.headers().getFirst("Retry-After"))))
                .isBetween(1L, 60L);
        var old = day.code(household);
        var renewed =
                day.post(day.resident(household), "/pick-up-code/renewal", null).expect(200);

        assertThat(renewed.body().path("code").asString()).isNotEqualTo(old).isEqualTo(day.code(household));
        day.handOver(label, old).refused(422, "code-wrong");
        day.handOver(label, day.code(household)).expect(201);
    }

    /// The other label's hand-over takes this one's parcel along, so nobody will enter this label again.
    @Test
    void wrong_codes_are_forgotten_with_the_code() {
        var labels =
                day.parcels(household).stream().map(StationDay.Shown::label).toList();
        day.handOver(labels.get(0), WRONG).refused(422, "code-wrong");
        assertThat(countedLabels()).isEqualTo(1);

        day.handOver(labels.get(1), day.code(household)).expect(201);

        assertThat(countedLabels()).isZero();
    }

    private long countedLabels() {
        return service.jdbc()
                .sql("SELECT count(*) FROM label_guess WHERE household_id = ?")
                .param(household)
                .query(Long.class)
                .single();
    }

    @Test
    void a_hundred_guesses_at_once_are_judged_one_by_one() throws Exception {
        var label = day.label(household);

        var answers = together(
                100,
                _ -> day.post(
                        day.token(UUID.randomUUID(), "keeper"), "/hand-overs", Map.of("label", label, "code", WRONG)));

        assertThat(answers.stream().filter(answer -> answer.status() == 422)).hasSize(5);
        assertThat(answers.stream().map(Answer::status).distinct()).containsOnly(422, 429);
    }

    @Test
    void a_keeper_who_guesses_over_many_labels_is_paused_and_others_are_not() {
        var others = day.households(8);
        day.shelved(others);
        for (var guess = 0; guess < 30; guess++) {
            day.handOver(day.label(others.get(guess % 8)), WRONG).refused(422, "code-wrong");
        }

        var body = Map.of("label", day.label(household), "code", day.code(household));
        day.post(day.keeperToken(), "/hand-overs", body).refused(429, "too-many-guesses");
        day.post(day.token(UUID.randomUUID(), "keeper"), "/hand-overs", body).expect(201);
    }

    @Test
    void a_renewal_sent_twice_renews_once() {
        var token = day.resident(household);

        var first = day.post(token, "/pick-up-code/renewal", null, "tap").expect(200);
        var second = day.post(token, "/pick-up-code/renewal", null, "tap").expect(200);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(codes()).hasSize(2);
    }

    /// Every column of every table, after a renewal and a hand-over: the plain code is nowhere.
    @Test
    void the_plain_code_is_stored_nowhere() {
        var first = day.code(household);
        day.handOver(day.label(household), WRONG).refused(422, "code-wrong");
        var code = day.post(day.resident(household), "/pick-up-code/renewal", null)
                .body()
                .path("code")
                .asString();
        var label = day.label(household);
        day.handOver(label, code).expect(201);

        assertThat(stored(label)).as("the search finds what is stored").isPositive();
        assertThat(stored(code)).isZero();
        assertThat(stored(first)).isZero();
    }

    private long stored(String text) {
        return service
                .jdbc()
                .sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
                .query(String.class)
                .list()
                .stream()
                .mapToLong(table -> service.jdbc()
                        .sql("SELECT count(*) FROM %s AS t WHERE t::text ILIKE ?".formatted(table))
                        .param("%" + text + "%")
                        .query(Long.class)
                        .single())
                .sum();
    }
}
