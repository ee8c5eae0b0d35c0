package io.linli.community.households;

import io.linli.community.registry.Role;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the holder of a phone is in one community, as a token says it; `zone` is the community's time zone.
public record MembershipOfPhone(
        UUID community,
        UUID member,
        @Nullable UUID household,
        @Nullable UUID building,
        String display,
        String zone,
        Set<Role> roles) {}
