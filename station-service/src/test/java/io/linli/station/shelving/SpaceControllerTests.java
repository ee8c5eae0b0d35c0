package io.linli.station.shelving;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.station.StationDay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SpaceControllerTests {
    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station().with("linli.station.space.slot-litres", "30");

    private StationDay station;

    @BeforeEach
    void with_six_slots_and_two_cold_ones() {
        station = StationDay.on(service);
        station.post(station.keeperToken(), "/shelves", Map.of("shelf", 1, "levels", 2, "positions", 3));
        station.post(
                station.keeperToken(), "/shelves", Map.of("shelf", 9, "levels", 1, "positions", 2, "kind", "chilled"));
    }

    @Test
    void free_slots_are_told_in_litres_by_kind() {
        assertThat(litres(Instant.now(), "ambientLitres")).isEqualTo(180);
        assertThat(litres(Instant.now(), "chilledLitres")).isEqualTo(60);
    }

    @Test
    void what_lies_there_now_is_gone_in_two_days() {
        service.jdbc()
                .sql("UPDATE slot SET parcel_id = ?, household_id = ? WHERE shelf = 1 AND level = 1 AND position = 1"
                        + " AND community_id = ?")
                .params(UUID.randomUUID(), UUID.randomUUID(), station.community)
                .update();

        assertThat(litres(Instant.now(), "ambientLitres")).isEqualTo(150);
        assertThat(litres(Instant.now().plus(Duration.ofHours(47)), "ambientLitres"))
                .isEqualTo(150);
        assertThat(litres(Instant.now().plus(Duration.ofHours(49)), "ambientLitres"))
                .isEqualTo(180);
    }

    @Test
    void another_community_has_its_own_shelves_and_strangers_may_not_ask() {
        var elsewhere = station.elsewhere();

        assertThat(space(elsewhere, elsewhere.keeperToken(), Instant.now())
                        .body()
                        .path("ambientLitres")
                        .asLong())
                .isZero();
        assertThat(space(station, elsewhere.keeperToken(), Instant.now()).status())
                .isEqualTo(403);
    }

    @Test
    void our_other_services_ask_without_a_token_at_a_path_of_their_own() {
        var path = "/internal/communities/" + station.community + "/shelves/space?at=" + Instant.now();

        service.client()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.ambientLitres")
                .isEqualTo(180);
        service.client()
                .get()
                .uri(path.replace("/internal/", "/v1/"))
                .exchange()
                .expectStatus()
                .isUnauthorized();
        for (var other : List.of("/shelves", "/shelves/space/more", "/consignments")) {
            service.client()
                    .get()
                    .uri("/internal/communities/" + station.community + other)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
        }
    }

    private long litres(Instant at, String kind) {
        return space(station, station.resident(UUID.randomUUID()), at)
                .body()
                .path(kind)
                .asLong();
    }

    private static StationDay.Answer space(StationDay station, String token, Instant at) {
        return station.get(token, "/shelves/space?at=" + at);
    }
}
