package io.linli.partner.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.partner.PartnersInTrouble;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What opens the breaker of WeChat, as it is configured: an outage, not a question that was asked wrongly.
class WeChatBreakerTests {
    @RegisterExtension
    static final ServiceUnderTest service = PartnersInTrouble.service();

    @ParameterizedTest
    @CsvSource({"400, CLOSED", "403, CLOSED", "404, CLOSED", "401, OPEN", "500, OPEN", "503, OPEN"})
    void what_was_asked_wrongly_is_no_sign_of_an_outage(int status, State expected) {
        assertThat(PartnersInTrouble.stateAfter(status, service, "wechat", WeChatBreakerTests::ask))
                .isEqualTo(expected);
    }

    private static void ask() {
        service.bean(WeChat.class).requestSession("login", null).block(Duration.ofSeconds(5));
    }
}
