package io.linli.kit.web;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/// What the caller is in one community, as the token says it; `attributes` are the token's other texts about it.
public record Membership(UUID community, UUID member, Set<String> roles, Map<String, String> attributes) {

    public boolean hasAny(String... anyRole) {
        for (var role : anyRole) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /// An attribute that is an id. *Errors:* 403 `role-required` when this membership has none.
    public UUID uuid(String attribute) {
        var value = attributes.get(attribute);
        if (value == null) {
            throw Problem.of(HttpStatus.FORBIDDEN, "role-required", attribute);
        }
        return UUID.fromString(value);
    }
}
