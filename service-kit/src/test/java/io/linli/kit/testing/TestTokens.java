package io.linli.kit.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Signs the tokens of a test with a key of its own and serves that key on loopback as the JWKS of `linli.jwks-url`.
public final class TestTokens implements AutoCloseable {

    private final ECKey key = newKey("test");
    private final ECKey foreignKey = newKey("test");
    private final HttpServer server;

    private TestTokens(HttpServer server) {
        this.server = server;
    }

    /// Makes a key and serves it on a free port.
    public static TestTokens start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var tokens = new TestTokens(server);
            var jwks = new JWKSet(tokens.key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            server.createContext("/.well-known/jwks.json", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, jwks.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(jwks);
                }
            });
            server.start();
            return tokens;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The value for `linli.jwks-url`.
    public String jwksUrl() {
        return "http://127.0.0.1:%d/.well-known/jwks.json"
                .formatted(server.getAddress().getPort());
    }

    /// Begins a token of this account; without more it is valid and is a member nowhere.
    public Token token(UUID subject) {
        return new Token(subject);
    }

    /// A token with one membership, the usual case.
    public String member(UUID community, UUID member, String... roles) {
        return token(UUID.randomUUID()).member(community, member).roles(roles).sign();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /// A token being written; what follows [#member] belongs to that membership.
    public final class Token {
        private final JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        private final List<Map<String, Object>> memberships = new ArrayList<>();
        private ECKey signingKey = key;
        private Instant expiresAt = Instant.now().plus(Duration.ofMinutes(15));

        private Token(UUID subject) {
            claims.subject(subject.toString()).issuer("linli").audience("linli");
        }

        public Token member(UUID community, UUID member) {
            var membership = new LinkedHashMap<String, Object>();
            membership.put("community", community.toString());
            membership.put("member", member.toString());
            membership.put("roles", List.of());
            memberships.add(membership);
            return this;
        }

        public Token household(UUID household) {
            return attribute("household", household.toString());
        }

        public Token building(UUID building) {
            return attribute("building", building.toString());
        }

        public Token display(String maskedName) {
            return attribute("display", maskedName);
        }

        public Token zone(String zone) {
            return attribute("zone", zone);
        }

        public Token roles(String... roles) {
            return attribute("roles", List.of(roles));
        }

        private Token attribute(String name, Object value) {
            memberships.getLast().put(name, value);
            return this;
        }

        public Token scope(String... scopes) {
            claims.claim("scope", String.join(" ", scopes));
            return this;
        }

        public Token issuer(String issuer) {
            claims.issuer(issuer);
            return this;
        }

        public Token audience(String audience) {
            claims.audience(audience);
            return this;
        }

        /// Ran out an hour ago.
        public Token expired() {
            expiresAt = Instant.now().minus(Duration.ofHours(1));
            return this;
        }

        /// Signed by somebody else who uses our key id.
        public Token wrongKey() {
            signingKey = foreignKey;
            return this;
        }

        /// The token itself, for `Authorization: Bearer`.
        public String sign() {
            var claimsSet = claims.claim("memberships", memberships)
                    .issueTime(Date.from(expiresAt.minus(Duration.ofMinutes(15))))
                    .expirationTime(Date.from(expiresAt))
                    .build();
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .keyID(signingKey.getKeyID())
                    .build();
            var token = new SignedJWT(header, claimsSet);
            try {
                token.sign(new ECDSASigner(signingKey));
            } catch (JOSEException impossible) {
                throw new IllegalStateException(impossible);
            }
            return token.serialize();
        }
    }
}
