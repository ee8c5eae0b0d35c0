package io.linli.dispatch.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.Compound;
import io.linli.dispatch.DispatchApplication;
import io.linli.dispatch.api.CarryingCapacity;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CapacityControllerTests {
    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.capacity.trip", "30m");

    private static final Instant DAY = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.DAYS);

    private final Compound compound = new Compound(service);

    @Test
    void every_whole_trip_of_a_shift_counts_a_full_load() {
        shift(10_000, DAY.plusSeconds(3600), Duration.ofMinutes(95));
        shift(20_000, DAY.plusSeconds(7200), Duration.ofMinutes(29));

        var capacity = ask(DAY, DAY.plus(Duration.ofDays(1)));

        assertThat(capacity.getVolunteers()).isEqualTo(2);
        assertThat(capacity.getGrams()).isEqualTo(30_000);
    }

    @Test
    void only_the_part_of_a_shift_that_lies_in_the_day_counts() {
        shift(10_000, DAY.minus(Duration.ofHours(1)), Duration.ofHours(2));
        shift(10_000, DAY.plus(Duration.ofHours(23)), Duration.ofHours(2));
        shift(10_000, DAY.plus(Duration.ofHours(24)), Duration.ofHours(2));

        assertThat(ask(DAY, DAY.plus(Duration.ofDays(1))).getGrams()).isEqualTo(40_000);
    }

    @Test
    void trips_that_a_volunteer_does_not_make_and_days_they_are_away_count_nothing() {
        var careful = shift(10_000, DAY.plusSeconds(3600), Duration.ofHours(3));
        compound.put(careful, "/volunteers/me/profile", Map.of("skills", List.of(), "tripsMax", 2))
                .expectStatus()
                .isOk();
        away(shift(10_000, DAY.plusSeconds(3600), Duration.ofHours(3)), DAY.plusSeconds(3600 + 7200));
        away(shift(10_000, DAY.plusSeconds(3600), Duration.ofHours(3)), DAY.plus(Duration.ofDays(3)));

        var capacity = ask(DAY, DAY.plus(Duration.ofDays(1)));

        assertThat(capacity.getVolunteers()).isEqualTo(2);
        assertThat(capacity.getGrams()).isEqualTo(40_000);
    }

    private void away(Compound.Member volunteer, Instant until) {
        compound.put(volunteer, "/volunteers/me/availability", Map.of("busy", false, "pausedUntil", until))
                .expectStatus()
                .isOk();
    }

    @Test
    void a_formed_group_buy_reserves_its_doorstep_orders_once_even_above_all_there_is() {
        shift(10_000, DAY.plusSeconds(3600), Duration.ofMinutes(30));
        var groupBuy = UUID.randomUUID();
        formed(groupBuy, DAY, 4_000);
        formed(groupBuy, DAY, 4_000);
        formed(UUID.randomUUID(), DAY.plus(Duration.ofDays(1)), 500);
        reserved(4_000);
        assertThat(ask(DAY, DAY.plus(Duration.ofDays(1))).getFreeGrams()).isEqualTo(6_000);

        formed(UUID.randomUUID(), DAY, 7_000);

        reserved(11_000);
        var capacity = ask(DAY, DAY.plus(Duration.ofDays(1)));
        assertThat(capacity.getGrams()).isEqualTo(10_000);
        assertThat(capacity.getFreeGrams()).isZero();
    }

    private void formed(UUID groupBuy, Instant day, long grams) {
        var orders = List.of(
                Map.of("doorstep", true, "weightGrams", grams), Map.of("doorstep", false, "weightGrams", 9_999));
        var delivery = Map.of(
                "from", day.toString(), "to", day.plus(Duration.ofDays(1)).toString());
        var data = Map.of("groupBuyId", groupBuy, "delivery", delivery, "orders", orders);
        service.events().publish(compound.community, "group-buy.formed.v1", groupBuy, data);
    }

    private void reserved(long grams) {
        Await.until(
                "the reservation",
                Compound.LIMIT,
                () -> ask(DAY, DAY.plus(Duration.ofDays(1))).getReservedGrams() == grams);
    }

    @Test
    void our_other_services_ask_without_a_token_at_a_path_of_their_own() {
        shift(10_000, DAY.plusSeconds(3600), Duration.ofMinutes(30));
        var path = compound.path("/shifts/capacity") + "?from=" + DAY + "&to=" + DAY.plus(Duration.ofDays(1));

        service.client()
                .get()
                .uri(path.replace("/v1/", "/internal/"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.grams")
                .isEqualTo(10_000);
        var others = List.of("/shifts", "/shifts/capacity/more", "/tasks").stream()
                .map(other -> compound.path(other).replace("/v1/", "/internal/"));
        Stream.concat(Stream.of(path), others)
                .forEach(refused -> service.client()
                        .get()
                        .uri(refused)
                        .exchange()
                        .expectStatus()
                        .isUnauthorized());
    }

    @Test
    void a_day_without_shifts_carries_nothing() {
        assertThat(ask(DAY, DAY.plus(Duration.ofDays(1))).getGrams()).isZero();
    }

    @Test
    void a_time_that_makes_no_sense_is_refused() {
        var member = compound.member("leader");

        for (var query : new String[] {
            "?from=" + DAY + "&to=" + DAY, "?from=+999999999-01-01T00:00:00Z&to=+999999999-12-31T00:00:00Z"
        }) {
            member.client()
                    .get()
                    .uri(compound.path("/shifts/capacity") + query)
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
    }

    private Compound.Member shift(int maxLoadGrams, Instant from, Duration length) {
        var volunteer = compound.member("resident", "volunteer");
        compound.register(volunteer, maxLoadGrams, 0);
        compound.post(volunteer, "/shifts", Map.of("startsAt", from, "endsAt", from.plus(length)))
                .expectStatus()
                .isCreated();
        return volunteer;
    }

    private CarryingCapacity ask(Instant from, Instant to) {
        var answer = compound.member("leader")
                .client()
                .get()
                .uri(compound.path("/shifts/capacity") + "?from=" + from + "&to=" + to)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(CarryingCapacity.class)
                .returnResult()
                .getResponseBody();
        assertThat(answer).isNotNull();
        return answer;
    }
}
