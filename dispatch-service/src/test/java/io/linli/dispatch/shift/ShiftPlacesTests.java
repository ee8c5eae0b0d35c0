package io.linli.dispatch.shift;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.Compound;
import io.linli.dispatch.DispatchApplication;
import io.linli.dispatch.api.OccurrenceEntry;
import io.linli.dispatch.api.OccurrenceList;
import io.linli.dispatch.api.ShiftPlaceEntry;
import io.linli.dispatch.api.ShiftPlaceEntry.StateEnum;
import io.linli.dispatch.api.ShiftPlanEntry;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class ShiftPlacesTests {

    private static final int CLIENTS = 24;
    private static final int PLACES = 5;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "1h");

    private final LocalDate day = LocalDate.ofInstant(Instant.now(), ZONE).plusDays(3);
    private Compound compound;
    private Compound.Member coordinator;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        coordinator = compound.member("coordinator");
    }

    private Map<String, Object> plan(String starts, String ends, int places) {
        return Map.of(
                "weekday",
                day.getDayOfWeek().name().toLowerCase(Locale.ROOT),
                "startsLocal",
                starts,
                "endsLocal",
                ends,
                "places",
                places,
                "validFrom",
                day,
                "validUntil",
                day.plusWeeks(2));
    }

    private UUID planned(String starts, String ends, int places) {
        return compound.post(coordinator, "/shifts/plans", plan(starts, ends, places))
                .expectStatus()
                .isCreated()
                .expectBody(ShiftPlanEntry.class)
                .returnResult()
                .getResponseBody()
                .getId();
    }

    private Compound.Member volunteer() {
        var volunteer = compound.member("volunteer");
        compound.register(volunteer, 5_000, 0);
        return volunteer;
    }

    private ResponseSpec ask(Compound.Member member, UUID plan, LocalDate on) {
        return compound.post(member, "/shifts/plans/" + plan + "/places", Map.of("day", on));
    }

    private ShiftPlaceEntry taken(Compound.Member member, UUID plan) {
        return ask(member, plan, day)
                .expectStatus()
                .isCreated()
                .expectBody(ShiftPlaceEntry.class)
                .returnResult()
                .getResponseBody();
    }

    private ResponseSpec giveUp(Compound.Member member, UUID place) {
        return compound.post(member, "/shifts/places/" + place + "/withdrawal");
    }

    private static void refused(ResponseSpec answer, int status, String problem) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.type").isEqualTo("/problems/" + problem);
    }

    private OccurrenceEntry occurrence(UUID plan) {
        var items = compound.get(
                        coordinator, "/shifts/plans/" + plan + "/occurrences?from=" + day + "&to=" + day.plusDays(6))
                .expectStatus()
                .isOk()
                .expectBody(OccurrenceList.class)
                .returnResult()
                .getResponseBody()
                .getItems();
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    private long shifts(Compound.Member member) {
        return service.jdbc()
                .sql("SELECT count(*) FROM shift WHERE member_id = ?")
                .param(member.id())
                .query(Long.class)
                .single();
    }

    @Test
    void a_place_is_a_shift_by_the_clocks_of_the_community() {
        var plan = planned("22:00", "01:30", 1);
        var volunteer = volunteer();

        var place = taken(volunteer, plan);

        assertThat(place.getState()).isEqualTo(StateEnum.TAKEN);
        assertThat(place.getStartsAt()).isEqualTo(day.atTime(22, 0).atZone(ZONE).toInstant());
        assertThat(place.getEndsAt())
                .isEqualTo(day.plusDays(1).atTime(1, 30).atZone(ZONE).toInstant());
        assertThat(shifts(volunteer)).isEqualTo(1);
        compound.get(volunteer, "/shifts/places")
                .expectBody()
                .jsonPath("$.items[0].shiftId")
                .isEqualTo(place.getShiftId().toString());
        compound.get(volunteer(), "/shifts/places")
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(0);
        compound.get(volunteer, "/shifts/plans")
                .expectBody()
                .jsonPath("$.items[0].zone")
                .isEqualTo(ZONE.getId());
    }

    @Test
    void what_makes_no_sense_is_refused() {
        var plan = planned("08:00", "10:00", 1);
        var volunteer = volunteer();

        refused(compound.post(coordinator, "/shifts/plans", plan("08:00", "08:00", 1)), 422, "shift-plan-times");
        compound.post(volunteer, "/shifts/plans", plan("08:00", "10:00", 1))
                .expectStatus()
                .isForbidden();
        refused(ask(volunteer, plan, day.plusDays(1)), 422, "shift-not-on-day");
        refused(ask(volunteer, plan, LocalDate.MAX), 422, "shift-not-on-day");
        refused(ask(volunteer, UUID.randomUUID(), day), 404, "shift-plan-not-found");
        refused(ask(compound.member("volunteer"), plan, day), 409, "volunteer-not-registered");
        var place = taken(volunteer, plan);
        refused(ask(volunteer, plan, day), 409, "shift-place-held");
        refused(ask(volunteer, planned("09:00", "11:00", 1), day), 409, "shift-overlaps");
        refused(giveUp(volunteer(), place.getId()), 404, "shift-place-not-found");
        refused(
                compound.get(coordinator, "/shifts/plans/" + plan + "/occurrences?from=2026-01-01&to=2026-12-31"),
                400,
                "occurrences-time-invalid");
    }

    @Test
    void a_place_refused_for_overlap_stays_free() {
        var volunteer = volunteer();
        taken(volunteer, planned("08:00", "10:00", 1));
        var plan = planned("09:00", "11:00", 1);

        refused(ask(volunteer, plan, day), 409, "shift-overlaps");

        assertThat(taken(volunteer(), plan).getState()).isEqualTo(StateEnum.TAKEN);
    }

    @Test
    void the_first_who_waits_and_has_time_moves_up() {
        var plan = planned("08:00", "10:00", 1);
        var first = volunteer();
        var busy = volunteer();
        var next = volunteer();
        var last = volunteer();
        var place = taken(first, plan);
        for (var waiting : List.of(busy, next, last)) {
            assertThat(taken(waiting, plan).getState()).isEqualTo(StateEnum.WAITING);
        }
        taken(busy, planned("09:00", "11:00", 1));

        giveUp(first, place.getId()).expectStatus().isOk();

        assertThat(shifts(first)).isZero();
        assertThat(shifts(busy)).isEqualTo(1);
        assertThat(shifts(next)).isEqualTo(1);
        assertThat(shifts(last)).isZero();
        assertThat(occurrence(plan).getTaken()).isEqualTo(1);
        assertThat(occurrence(plan).getWaiting()).isEqualTo(2);
        refused(giveUp(first, place.getId()), 404, "shift-place-not-found");
    }

    @Test
    void a_shift_that_has_begun_is_not_given_up() {
        var plan = planned("08:00", "10:00", 1);
        var volunteer = volunteer();
        var place = taken(volunteer, plan);
        service.jdbc()
                .sql("UPDATE shift_place SET starts_at = now() - interval '1 minute' WHERE place_id = ?")
                .param(place.getId())
                .update();

        refused(giveUp(volunteer, place.getId()), 409, "shift-started");
    }

    @Test
    void of_many_who_come_at_once_as_many_as_there_are_places_get_one() throws Exception {
        var plan = planned("08:00", "10:00", PLACES);
        var volunteers = new ArrayList<Compound.Member>();
        for (int i = 0; i < CLIENTS; i++) {
            volunteers.add(volunteer());
        }

        var places = atOnce(volunteers.stream()
                .<Callable<ShiftPlaceEntry>>map(volunteer -> () -> taken(volunteer, plan))
                .toList());

        assertThat(places)
                .filteredOn(place -> place.getState() == StateEnum.TAKEN)
                .hasSize(PLACES);
        assertThat(occurrence(plan).getTaken()).isEqualTo(PLACES);
        assertThat(occurrence(plan).getWaiting()).isEqualTo(CLIENTS - PLACES);

        var withdrawals = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < CLIENTS; i++) {
            var volunteer = volunteers.get(i);
            var place = places.get(i).getId();
            withdrawals.add(() -> giveUp(volunteer, place)
                    .returnResult(String.class)
                    .getStatus()
                    .value());
        }
        Collections.shuffle(withdrawals, new Random(7));
        assertThat(atOnce(withdrawals.subList(0, CLIENTS - 3))).containsOnly(200);

        assertThat(occurrence(plan).getTaken()).isEqualTo(3);
        assertThat(occurrence(plan).getWaiting()).isZero();
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        var answers = new ArrayList<T>();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (var answer : clients.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
