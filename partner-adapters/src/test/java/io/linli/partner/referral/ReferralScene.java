package io.linli.partner.referral;

import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/// A community with a professional partner to whom help requests are referred.
public final class ReferralScene {
    static final Duration SOON = Duration.ofSeconds(20);
    static final String TEXT = "I cannot sleep any more";

    public final UUID community = UUID.randomUUID();
    final UUID partner = UUID.randomUUID();
    public final String token;
    private final ServiceUnderTest service;

    public ReferralScene(ServiceUnderTest service) {
        this.service = service;
        this.token = service.tokens().member(community, partner, "partner");
    }

    /// A referral to this partner, told until it is there: right after the start nobody may listen yet.
    public UUID referred() {
        var referral = UUID.randomUUID();
        var event = UUID.randomUUID();
        var data = Map.of(
                "requestId",
                UUID.randomUUID(),
                "referralId",
                referral,
                "partnerId",
                partner,
                "kind",
                "psychological-advice",
                "urgency",
                "today",
                "need",
                2,
                "text",
                TEXT,
                "answerBy",
                "2026-11-23T06:30:00Z");
        Await.until("the referral", SOON, () -> {
            service.events().publish(event, community, "help.referred.v1", referral, data);
            return get(client(), "/" + referral)
                    .returnResult(Void.class)
                    .getStatus()
                    .is2xxSuccessful();
        });
        return referral;
    }

    void withdraw(UUID referral) {
        service.events()
                .publish(
                        community,
                        "help.withdrawn.v1",
                        referral,
                        Map.of("requestId", UUID.randomUUID(), "referralId", referral));
    }

    WebTestClient client() {
        return service.client(token);
    }

    WebTestClient other(String... roles) {
        return service.client(service.tokens().member(community, UUID.randomUUID(), roles));
    }

    WebTestClient.ResponseSpec get(WebTestClient client, String rest) {
        return client.get()
                .uri("/v1/communities/" + community + "/referrals" + rest)
                .exchange();
    }

    public WebTestClient.ResponseSpec answer(WebTestClient client, UUID referral, String what, String body) {
        return answer(client, referral, what, UUID.randomUUID().toString(), body);
    }

    WebTestClient.ResponseSpec answer(WebTestClient client, UUID referral, String what, String key, String body) {
        var request = client.post()
                .uri("/v1/communities/" + community + "/referrals/" + referral + "/" + what)
                .header("Idempotency-Key", key);
        return body.isEmpty()
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange();
    }

    public UUID accepted() {
        var referral = referred();
        answer(client(), referral, "acceptance", "").expectStatus().isOk();
        return referral;
    }

    public UUID declined() {
        var referral = referred();
        answer(client(), referral, "refusal", "").expectStatus().isOk();
        return referral;
    }
}
