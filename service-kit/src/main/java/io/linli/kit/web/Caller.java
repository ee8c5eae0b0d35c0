package io.linli.kit.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import reactor.core.publisher.Mono;

/// Who asks: the verified token of this request. Roles count per community only.
public record Caller(UUID subject, Set<String> scopes, Map<UUID, Membership> memberships) {
    private static final Set<String> NOT_ATTRIBUTES = Set.of("community", "member", "roles");

    /// The caller of the current request. *Errors:* 401 `token-required` outside an authenticated request.
    public static Mono<Caller> current() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .ofType(JwtAuthenticationToken.class)
                .map(authentication -> of(authentication.getToken()))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.UNAUTHORIZED, "token-required")));
    }

    /// The caller's membership. *Errors:* 403 `not-a-member`.
    public Membership in(UUID community) {
        var membership = memberships.get(community);
        if (membership == null) {
            throw Problem.of(HttpStatus.FORBIDDEN, "not-a-member");
        }
        return membership;
    }

    /// The caller's membership with at least one of the roles. *Errors:* 403 `not-a-member`, 403 `role-required`.
    public Membership as(UUID community, String... anyRole) {
        var membership = in(community);
        if (!membership.hasAny(anyRole)) {
            throw Problem.of(HttpStatus.FORBIDDEN, "role-required", String.join(", ", anyRole));
        }
        return membership;
    }

    /// This caller. *Errors:* 403 `scope-required`.
    public Caller requireScope(String scope) {
        if (!scopes.contains(scope)) {
            throw Problem.of(HttpStatus.FORBIDDEN, "scope-required", scope);
        }
        return this;
    }

    static Caller of(Jwt token) {
        try {
            var scope = token.getClaimAsString("scope");
            return new Caller(
                    UUID.fromString(token.getSubject()),
                    scope == null ? Set.of() : Set.of(scope.split(" ")),
                    memberships(token));
        } catch (IllegalArgumentException | NullPointerException | ClassCastException malformed) {
            throw Problem.of(HttpStatus.UNAUTHORIZED, "token-invalid");
        }
    }

    private static Map<UUID, Membership> memberships(Jwt token) {
        List<Map<String, Object>> claims = token.getClaim("memberships");
        if (claims == null) {
            return Map.of();
        }
        return claims.stream().map(Caller::membership).collect(Collectors.toMap(Membership::community, found -> found));
    }

    private static Membership membership(Map<String, Object> claim) {
        var attributes = new HashMap<String, String>();
        claim.forEach((name, value) -> {
            if (value instanceof String text && !NOT_ATTRIBUTES.contains(name)) {
                attributes.put(name, text);
            }
        });
        var roles = ((List<?>) claim.getOrDefault("roles", List.of()))
                .stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
        return new Membership(id(claim, "community"), id(claim, "member"), roles, Map.copyOf(attributes));
    }

    private static UUID id(Map<String, Object> claim, String name) {
        return UUID.fromString(String.valueOf(claim.get(name)));
    }
}
