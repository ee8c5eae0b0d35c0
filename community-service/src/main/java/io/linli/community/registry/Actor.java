package io.linli.community.registry;

import io.linli.kit.web.Problem;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Who acts in a community: a member with roles, or the operator, who may do what a coordinator may.
///
/// @param member absent for an operator who is no member here
/// @param building where the member lives; a floor leader acts for this building only
public record Actor(
        UUID account,
        @Nullable UUID member,
        @Nullable UUID household,
        @Nullable UUID building,
        Set<Role> roles,
        boolean operator) {

    /// May run the community: coordinator or operator.
    public boolean manages() {
        return operator || roles.contains(Role.COORDINATOR);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    public boolean livesIn(UUID household) {
        return household.equals(this.household);
    }

    /// May speak for a household: lives there, leads its building, or runs the community.
    public boolean speaksFor(UUID household, UUID itsBuilding) {
        return livesIn(household) || manages() || (has(Role.FLOOR_LEADER) && itsBuilding.equals(building));
    }

    /// This actor, who runs the community or has one of the roles. *Errors:* 403 `role-required`.
    public Actor require(Role... anyRole) {
        if (manages() || Arrays.stream(anyRole).anyMatch(roles::contains)) {
            return this;
        }
        var wanted = Arrays.stream(anyRole).map(Role::text).collect(Collectors.joining(", "));
        throw Problem.of(
                HttpStatus.FORBIDDEN,
                "role-required",
                wanted.isEmpty() ? Role.COORDINATOR.text() : wanted + ", " + Role.COORDINATOR.text());
    }

    /// As what this actor is let in by one of the roles, for the log: the first role held, `coordinator` or `operator`.
    public String as(Role... anyRole) {
        return Arrays.stream(anyRole)
                .filter(roles::contains)
                .findFirst()
                .map(Role::text)
                .orElse(roles.contains(Role.COORDINATOR) ? Role.COORDINATOR.text() : "operator");
    }
}
