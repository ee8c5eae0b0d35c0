package io.linli.community.households;

import io.linli.community.privacy.Masked;
import io.linli.community.privacy.Phone;
import io.linli.community.registry.Role;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person of a community. Without a household: a keeper from outside; without a phone: nobody who can log in.
public record Member(
        UUID id,
        @Nullable UUID household,
        String name,
        @Nullable Phone phone,
        Set<Role> roles) {

    public String display() {
        return Masked.name(name);
    }

    /// Says the masked name only, so that no log says more.
    @Override
    public String toString() {
        return "Member[" + id + " " + display() + "]";
    }
}
