package io.linli.kit.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.linli.kit.sample.SampleApplication;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallerTests {

    @RegisterExtension
    static final ServiceUnderTest service = SampleApplication.underTest();

    private final UUID community = UUID.randomUUID();

    private TestTokens.Token resident() {
        return service.tokens()
                .token(UUID.randomUUID())
                .member(community, UUID.randomUUID())
                .roles("resident");
    }

    private void count(String token, int status, String type) {
        service.client(token)
                .get()
                .uri("/v1/communities/{c}/notes/count", community)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/" + type);
    }

    @Test
    void a_member_is_let_in() {
        service.client(resident().sign())
                .get()
                .uri("/v1/communities/{c}/notes/count", community)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void a_token_that_ran_out_is_refused() {
        count(resident().expired().sign(), 401, "token-invalid");
    }

    @Test
    void a_token_of_another_key_issuer_or_audience_is_refused() {
        count(resident().wrongKey().sign(), 401, "token-invalid");
        count(resident().issuer("somebody").sign(), 401, "token-invalid");
        count(resident().audience("others").sign(), 401, "token-invalid");
        count("no.token.atall", 401, "token-invalid");
    }

    @Test
    void a_token_without_our_signature_algorithm_is_refused() throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .subject(UUID.randomUUID().toString())
                .issuer("linli")
                .audience("linli")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))))
                .build();
        var symmetric = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        symmetric.sign(new MACSigner(new byte[32]));

        count(new PlainJWT(claims).serialize(), 401, "token-invalid");
        count(symmetric.serialize(), 401, "token-invalid");
    }

    @Test
    void a_stranger_and_a_member_without_the_role_are_told_apart() {
        var keeper = service.tokens().member(community, UUID.randomUUID(), "keeper");
        var stranger = service.tokens().member(UUID.randomUUID(), UUID.randomUUID(), "resident");

        count(stranger, 403, "not-a-member");
        service.client(keeper)
                .post()
                .uri("/v1/communities/{c}/notes", community)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .bodyValue("{\"text\": \"hello\"}")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/role-required");
    }

    @Test
    void a_role_in_another_community_does_not_count() {
        var token = service.tokens()
                .token(UUID.randomUUID())
                .member(community, UUID.randomUUID())
                .roles("keeper")
                .member(UUID.randomUUID(), UUID.randomUUID())
                .roles("resident")
                .sign();

        service.client(token)
                .delete()
                .uri("/v1/communities/{c}/notes/{n}", community, UUID.randomUUID())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void without_a_token_the_answer_says_how_to_come_back() {
        service.client()
                .get()
                .uri("/v1/communities/{c}/notes/count", community)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueMatches("WWW-Authenticate", "Bearer.*")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/token-required");
    }
}
