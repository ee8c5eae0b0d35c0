package io.linli.community.closure;

import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.problem;
import static io.linli.community.Neighbourhood.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.community.Neighbourhood.Place;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class ClosuresWebTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood here = new Neighbourhood(service);
    private Place place;
    private WebTestClient coordinator;

    @BeforeEach
    void settle() {
        place = here.place();
        coordinator = here.member(place, "coordinator");
    }

    private ResponseSpec close(Map<String, ?> body) {
        return send(coordinator, HttpMethod.POST, path("closure"), body);
    }

    private ResponseSpec reopen(Map<String, ?> body) {
        return send(coordinator, HttpMethod.POST, path("reopening"), body);
    }

    private String path(String what) {
        return in(place.community(), "/buildings/" + place.building() + "/" + what);
    }

    private JsonNode shown() {
        return json(get(here.member(place, "resident"), in(place.community(), "/buildings")))
                .path("items")
                .get(0);
    }

    private List<JsonNode> told(String type) {
        return service.events().heard(type).stream()
                .filter(event -> event.subject().equals(place.building()))
                .map(event -> event.data())
                .toList();
    }

    @Test
    void a_closed_building_is_shown_as_closed_and_it_is_kept_who_closed_it_and_why() {
        var answer = json(close(Map.of("reason", " 封控 ")).expectStatus().isOk());

        assertThat(answer.path("closed").asBoolean()).isTrue();
        assertThat(answer.path("version").asLong()).isEqualTo(1);
        assertThat(shown().path("closed").asBoolean()).isTrue();
        assertThat(problem(close(Map.of("reason", "又封")).expectStatus().isEqualTo(409)))
                .isEqualTo("building-closed");
        reopen(Map.of("reason", "解封")).expectStatus().isOk();
        assertThat(shown().path("closed").asBoolean()).isFalse();
        assertThat(service.jdbc()
                        .sql("SELECT closes || ' ' || reason || ' ' || (member_id IS NOT NULL) FROM closure_order"
                                + " WHERE building_id = ? ORDER BY id")
                        .param(place.building())
                        .query(String.class)
                        .list())
                .containsExactly("true 封控 true", "false 解封 true");
    }

    @Test
    void every_household_of_the_building_is_told_and_no_other() {
        var here12 = here.home(place, "1201", person("王小梅", "13800138000", "resident"));
        var thirteen = here.building(place.community(), "13 号楼");
        var there = new Place(place.community(), thirteen, here.unit(place.community(), thirteen, "1 单元"));
        var other = here.home(there, "101", person("李建国", "13800138001", "resident"));

        close(Map.of("reason", "封控")).expectStatus().isOk();
        reopen(Map.of("reason", "解封")).expectStatus().isOk();

        Await.until("both are told", LIMIT, () -> notices(here12).size() == 2);
        assertThat(notices(here12))
                .extracting(notice -> notice.path("kind").asString() + " "
                        + notice.path("data").path("reason").asString())
                .containsExactlyInAnyOrder("building.closed 封控", "building.reopened 解封");
        assertThat(notices(other)).isEmpty();
    }

    private List<JsonNode> notices(Neighbourhood.Home home) {
        return json(get(here.resident(home, "resident"), in(place.community(), "/notices")))
                .path("items")
                .valueStream()
                .toList();
    }

    @Test
    void what_is_planned_comes_into_force_once_whoever_looks() throws Exception {
        var at = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);
        var answer = json(
                close(Map.of("reason", "封控", "effectiveAt", at)).expectStatus().isOk());
        assertThat(answer.path("closed").asBoolean()).isFalse();
        assertThat(shown().has("changesAt")).isTrue();
        assertThat(problem(close(Map.of("reason", "又封", "effectiveAt", at))
                        .expectStatus()
                        .isEqualTo(409)))
                .isEqualTo("closure-planned");
        var timer = service.bean(ClosureTimer.class);

        timer.handle(at.minusSeconds(1)).block(LIMIT);
        assertThat(shown().path("closed").asBoolean()).isFalse();
        together(8, () -> timer.handle(at).block(LIMIT));

        assertThat(shown().path("closed").asBoolean()).isTrue();
        Await.until("it is told", LIMIT, () -> !told("building.closed.v1").isEmpty());
        assertThat(version()).isEqualTo(1);
        assertThat(told("building.closed.v1")).hasSize(1);
    }

    @Test
    void a_plan_is_called_off_without_any_news() {
        var at = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);
        close(Map.of("reason", "封控", "effectiveAt", at)).expectStatus().isOk();

        reopen(Map.of("reason", "不封了")).expectStatus().isOk();

        service.bean(ClosureTimer.class).handle(at).block(LIMIT);
        assertThat(shown().has("changesAt")).isFalse();
        assertThat(version()).isZero();
        assertThat(problem(close(Map.of("reason", "封控", "effectiveAt", at.plusSeconds(400L * 86_400)))
                        .expectStatus()
                        .isEqualTo(422)))
                .isEqualTo("closure-too-far");
    }

    @Test
    void of_many_who_close_at_once_one_does() throws Exception {
        var statuses = Collections.synchronizedList(new ArrayList<Integer>());

        together(
                16,
                () -> statuses.add(close(Map.of("reason", "封控"))
                        .returnResult(Void.class)
                        .getStatus()
                        .value()));

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(15);
        assertThat(version()).isEqualTo(1);
    }

    private long version() {
        return service.jdbc()
                .sql("SELECT closure_version FROM building WHERE id = ?")
                .param(place.building())
                .query(Long.class)
                .single();
    }

    private static void together(int times, Callable<?> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done :
                    threads.invokeAll(Stream.generate(() -> work).limit(times).toList())) {
                done.get();
            }
        }
    }

    @Test
    void only_who_runs_the_community_closes_its_buildings() {
        var other = here.place();
        var body = Map.of("reason", "封控");
        var foreign = in(place.community(), "/buildings/" + other.building() + "/closure");

        assertThat(problem(send(here.member(place, "floor-leader", "keeper"), HttpMethod.POST, path("closure"), body)
                        .expectStatus()
                        .isForbidden()))
                .isEqualTo("role-required");
        for (var unknown : List.of(foreign, in(place.community(), "/buildings/" + UUID.randomUUID() + "/closure"))) {
            assertThat(problem(send(coordinator, HttpMethod.POST, unknown, body)
                            .expectStatus()
                            .isNotFound()))
                    .isEqualTo("building-not-found");
        }
    }
}
