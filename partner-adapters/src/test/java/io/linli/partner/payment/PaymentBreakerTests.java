package io.linli.partner.payment;

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

/// What opens the breaker of the payment provider, as it is configured: an outage, not a question that was asked
/// wrongly.
class PaymentBreakerTests {
    @RegisterExtension
    static final ServiceUnderTest service = PartnersInTrouble.service();

    @ParameterizedTest
    @CsvSource({"400, CLOSED", "403, CLOSED", "404, CLOSED", "401, OPEN", "500, OPEN", "503, OPEN"})
    void what_was_asked_wrongly_is_no_sign_of_an_outage(int status, State expected) {
        assertThat(PartnersInTrouble.stateAfter(status, service, "payments", PaymentBreakerTests::ask))
                .isEqualTo(expected);
    }

    private static void ask() {
        var id = new UUID(7, 1);
        var charge = new Charge(id, id, id, id, id, "青菜", 1_900, Instant.EPOCH, Instant.EPOCH);
        var provider = service.bean(PaymentProvider.class);
        provider.requestPrepayment(charge).block(Duration.ofSeconds(5));
        provider.requestNotices(id).block(Duration.ofSeconds(5));
    }
}
