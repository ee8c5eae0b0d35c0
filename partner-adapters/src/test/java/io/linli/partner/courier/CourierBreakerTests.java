package io.linli.partner.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.partner.PartnersInTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What opens the breaker of couriers, as it is configured: an outage, not a question that was asked wrongly.
class CourierBreakerTests {
    @RegisterExtension
    static final ServiceUnderTest service = PartnersInTrouble.service();

    @ParameterizedTest
    @CsvSource({"400, CLOSED", "403, CLOSED", "404, CLOSED", "401, OPEN", "500, OPEN", "503, OPEN"})
    void what_was_asked_wrongly_is_no_sign_of_an_outage(int status, State expected) {
        assertThat(PartnersInTrouble.stateAfter(status, service, "courier", CourierBreakerTests::ask))
                .isEqualTo(expected);
    }

    private static void ask() {
        var freight = new Freight(
                new UUID(7, 1), new UUID(7, 2), new UUID(7, 3), "青菜", "generic", "绿源农场", 3, 9_000, Instant.EPOCH);
        service.bean(GenericCourier.class).requestBooking(freight).block(Duration.ofSeconds(5));
        service.bean(GenericCourier.class).requestReports("GC1").block(Duration.ofSeconds(5));
    }
}
