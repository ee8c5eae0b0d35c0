package io.linli.community.households;

import io.linli.community.privacy.Phone;
import io.linli.community.registry.Role;
import io.linli.kit.data.Ids;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody who is to become a member.
record NewPerson(String name, @Nullable Phone phone, Set<Role> roles) {
    Member toMember(@Nullable UUID household) {
        return new Member(Ids.next(), household, name, phone, roles);
    }
}
