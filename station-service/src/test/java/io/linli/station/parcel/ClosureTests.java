package io.linli.station.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.station.StationDay;
import io.linli.station.StationDay.Share;
import io.linli.station.StationDay.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A building is closed and reopened, with parcels on the shelf and on their way.
class ClosureTests {
    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station();

    private final UUID twelve = UUID.randomUUID();
    private StationDay day;

    @BeforeEach
    void settle() {
        day = StationDay.on(service);
    }

    private List<Shown> parcels(List<UUID> households) {
        return households.stream().map(day::parcel).toList();
    }

    private long asked(boolean doorstep) {
        return service.jdbc()
                .sql("SELECT count(*) FROM parcel WHERE community_id = ? AND doorstep = ?")
                .param(day.community)
                .param(doorstep)
                .query(Long.class)
                .single();
    }

    private void close(long version) {
        day.building("building.closed.v1", twelve, version);
    }

    private void reopen(long version) {
        day.building("building.reopened.v1", twelve, version);
    }

    @Test
    void the_sixty_parcels_of_a_closed_building_are_carried_up_together_and_no_other() {
        day.shelf(1, 8, 10);
        var closed = day.householdsOf(twelve, 60);
        var open = day.households(2);
        day.shelved(Stream.concat(closed.stream(), open.stream()).toList());
        var code = day.code(closed.getFirst());

        close(1);
        StationDay.until("they are carried up", () -> asked(true) == 60);

        assertThat(parcels(closed)).allSatisfy(parcel -> {
            assertThat(parcel.doorstep()).isTrue();
            assertThat(parcel.version()).isEqualTo(4);
        });
        assertThat(parcels(open))
                .allSatisfy(parcel -> assertThat(parcel.doorstep()).isFalse());
        assertThat(transactions("building-closed")).isEqualTo(1);
        for (var household : closed) {
            service.events()
                    .await(
                            "parcel.ready.v1",
                            event -> event.data().path("householdId").asString().equals(household.toString())
                                    && event.data().path("doorstep").asBoolean());
        }
        day.handOver(day.label(closed.getFirst()), code).expect(201);
    }

    /// How many transactions wrote the links of the chain with this reason.
    private long transactions(String reason) {
        return service.jdbc()
                .sql("SELECT count(DISTINCT xmin::text) FROM custody WHERE community_id = ? AND reason = ?")
                .param(day.community)
                .param(reason)
                .query(Long.class)
                .single();
    }

    @Test
    void five_hundred_parcels_are_redirected_within_seconds() {
        day.shelf(1, 12, 50);
        day.shelved(day.householdsOf(twelve, 500));
        var began = System.nanoTime();

        close(1);
        StationDay.until("they are carried up", () -> asked(true) == 500);
        var took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(transactions("building-closed")).isEqualTo(1);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void what_is_still_on_its_way_is_carried_up_when_it_is_shelved() {
        day.shelf(1, 2, 10);
        var households = day.householdsOf(twelve, 3);
        var consignment = day.arrived(
                households.stream().map(one -> new Share(one, 900, false)).toList());
        close(1);
        var later = day.householdsOf(twelve, 1);
        StationDay.until("the closure is known", this::isClosed);

        day.checkIn(consignment).expect(200);
        day.shelved(later);

        assertThat(asked(true)).isEqualTo(4);
        reopen(2);
        StationDay.until("they wait for their households", () -> asked(false) == 4);
    }

    private boolean isClosed() {
        return service.jdbc()
                .sql("SELECT coalesce(bool_or(closed), false) FROM building WHERE building_id = ?")
                .param(twelve)
                .query(Boolean.class)
                .single();
    }

    @Test
    void reopening_turns_back_what_nobody_has_collected() {
        day.shelf(1, 2, 10);
        var households = day.householdsOf(twelve, 3);
        day.shelved(households);
        close(1);
        StationDay.until("they are carried up", () -> asked(true) == 3);
        var volunteer = UUID.randomUUID();
        var accepted = parcels(households).get(0);
        var collected = parcels(households).get(1);
        for (var parcel : List.of(accepted, collected)) {
            accept(parcel, households, volunteer);
        }
        day.post(
                        day.token(volunteer, "volunteer"),
                        "/parcels/" + collected.id() + "/collection",
                        Map.of("taskId", collected.id()))
                .expect(200);

        reopen(2);
        StationDay.until("the others wait for their households", () -> asked(false) == 2);

        assertThat(parcels(households)).extracting(Shown::state).containsExactly("ready", "out-for-doorstep", "ready");
        day.post(
                        day.token(volunteer, "volunteer"),
                        "/parcels/" + accepted.id() + "/collection",
                        Map.of("taskId", accepted.id()))
                .refused(409, "not-your-task");
        day.handOver(day.label(households.get(0)), day.code(households.get(0))).expect(201);
        assertThat(transactions("building-reopened")).isEqualTo(1);
    }

    /// The id of the parcel serves as the id of its task.
    private void accept(Shown parcel, List<UUID> households, UUID volunteer) {
        var household = households.stream()
                .filter(one -> day.parcel(one).id().equals(parcel.id()))
                .findFirst()
                .orElseThrow();
        day.publish(
                "task.accepted.v1",
                parcel.id(),
                Map.of(
                        "taskId",
                        parcel.id(),
                        "parcelId",
                        parcel.id(),
                        "householdId",
                        household,
                        "volunteerId",
                        volunteer));
        StationDay.until("the acceptance is known", () -> day.parcel(household).version() == parcel.version() + 1);
    }

    @Test
    void late_news_does_not_win() {
        day.shelf(1, 2, 10);
        var households = day.householdsOf(twelve, 2);
        day.shelved(households);

        reopen(2);
        StationDay.until("the reopening is known", () -> heard() == 1);
        close(1);
        reopen(2);
        StationDay.until("all news is handled", () -> heard() == 3);

        assertThat(isClosed()).isFalse();
        assertThat(parcels(households))
                .allSatisfy(parcel -> assertThat(parcel.version()).isEqualTo(3));
    }

    private long heard() {
        return service.jdbc()
                .sql("SELECT count(*) FROM inbox WHERE community_id = ? AND type LIKE 'building.%' AND state = 'done'")
                .param(day.community)
                .query(Long.class)
                .single();
    }

    @Test
    void whatever_is_shelved_while_a_building_is_closed_is_carried_up() throws Exception {
        day.shelf(1, 10, 20);
        var households = day.householdsOf(twelve, 20);
        var consignments = households.stream()
                .map(household -> day.arrived(List.of(new Share(household, 900, false))))
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shelving = consignments.stream()
                    .map(consignment ->
                            threads.submit(() -> day.checkIn(consignment).expect(200)))
                    .toList();
            close(1);
            for (var done : shelving) {
                done.get();
            }
        }

        StationDay.until("all are carried up", () -> asked(true) == 20);
    }

    @Test
    void the_samples_of_community_service_are_read() throws IOException {
        var json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        for (var type : List.of("building.closed.v1", "building.reopened.v1")) {
            var sample = Path.of("../community-service/src/main/events/" + type + ".json");

            assertThat(json.readValue(Files.readString(sample), FollowClosures.ClosureChanged.class))
                    .hasNoNullFieldsOrProperties();
        }
    }
}
