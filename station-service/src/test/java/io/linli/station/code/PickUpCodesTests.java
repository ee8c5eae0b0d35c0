package io.linli.station.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.station.StationDay;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/// The table of codes: what the indexes promise, also when chance is against it.
class PickUpCodesTests {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station();

    private final UUID community = UUID.randomUUID();

    /// Draws the given nonces, each filled with one byte, and then real ones.
    private static final class Scripted extends SecureRandom {
        private final byte[] script;
        private int drawn;

        Scripted(int... script) {
            this.script = new byte[script.length];
            for (var index = 0; index < script.length; index++) {
                this.script[index] = (byte) script[index];
            }
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (drawn < script.length) {
                java.util.Arrays.fill(bytes, script[drawn++]);
            } else {
                super.nextBytes(bytes);
            }
        }
    }

    private PickUpCodes codes(int... script) {
        return new PickUpCodes(service.bean(DatabaseClient.class), service.bean(CodeBook.class), new Scripted(script));
    }

    private <T> T run(java.util.function.Supplier<Mono<T>> work) {
        return service.bean(Transactions.class).in(community, work).block(Duration.ofSeconds(20));
    }

    private String text(UUID household) {
        return run(() -> codes().findLive(community, household).map(PickUpCodes.LiveCode::text));
    }

    @Test
    void a_code_that_lives_already_is_drawn_again() {
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();

        run(() -> codes(7).issue(community, List.of(first), NOW));
        run(() -> codes(7, 7, 8).issue(community, List.of(second), NOW));

        assertThat(text(second)).hasSize(8).isNotEqualTo(text(first));
    }

    @Test
    void one_draw_that_collides_within_itself_leaves_nobody_without_a_code() {
        var households = Stream.generate(UUID::randomUUID).limit(3).toList();

        run(() -> codes(5, 5, 5).issue(community, households, NOW));

        assertThat(households.stream().map(this::text).distinct()).hasSize(3);
    }

    @Test
    void a_dead_code_may_be_drawn_again() {
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();
        run(() -> codes(9).issue(community, List.of(first), NOW));
        var dead = text(first);

        run(() -> codes().retire(community, List.of(first), NOW));
        run(() -> codes(9).issue(community, List.of(second), NOW));

        assertThat(text(second)).isEqualTo(dead);
        assertThat(text(first)).isNull();
    }

    @Test
    void issuing_again_keeps_the_code() {
        var household = UUID.randomUUID();
        run(() -> codes().issue(community, List.of(household), NOW));
        var code = text(household);

        run(() -> codes().issue(community, List.of(household), NOW));

        assertThat(text(household)).isEqualTo(code);
    }

    @Test
    void the_database_refuses_two_live_codes_that_are_alike() {
        run(() -> codes(3).issue(community, List.of(UUID.randomUUID()), NOW));
        var copy = """
                INSERT INTO pick_up_code (id, community_id, household_id, nonce, lookup, issued_at)
                SELECT gen_random_uuid(), community_id, gen_random_uuid(), nonce, lookup, issued_at
                  FROM pick_up_code WHERE community_id = ?""";

        assertThatThrownBy(() -> service.jdbc().sql(copy).param(community).update())
                .hasMessageContaining("pick_up_code_live_lookup");
    }
}
