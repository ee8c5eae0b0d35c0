package io.linli.partner;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.linli.kit.testing.ServiceUnderTest;

/// The service with its breakers as they are configured, and one WireMock that plays every partner.
public final class PartnersInTrouble {
    private static final int CALLS = 20;
    private static final WireMockServer PARTNER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    private PartnersInTrouble() {}

    public static ServiceUnderTest service() {
        return ServiceUnderTest.of(PartnerApplication.class, "partner-adapters")
                .with("linli.partner.courier-url", PartnersInTrouble::url)
                .with("linli.partner.payments.url", PartnersInTrouble::url)
                .with("linli.partner.wechat-url", PartnersInTrouble::url)
                .with("linli.partner.courier-webhook-secret", TestSettings.SECRET)
                .with("linli.partner.payments.webhook-secret", TestSettings.SECRET);
    }

    private static String url() {
        if (!PARTNER.isRunning()) {
            PARTNER.start();
        }
        return PARTNER.baseUrl();
    }

    /// The state of a breaker, closed before, after a partner has answered many calls with this status.
    public static State stateAfter(int status, ServiceUnderTest service, String name, Runnable call) {
        var breaker = service.bean(CircuitBreakerRegistry.class).circuitBreaker(name);
        breaker.reset();
        PARTNER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
        for (var number = 0; number < CALLS; number++) {
            call.run();
        }
        return breaker.getState();
    }
}
