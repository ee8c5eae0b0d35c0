package io.linli.community.privacy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The place a sealed text belongs to; moved to any other row, column or community it does not open.
public record Binding(
        String what,
        UUID community,
        @Nullable UUID household,
        @Nullable UUID member) {

    public static Binding ofRoom(UUID community, UUID household) {
        return new Binding("household.room", community, household, null);
    }

    public static Binding ofName(UUID community, @Nullable UUID household, UUID member) {
        return new Binding("member.name", community, household, member);
    }

    public static Binding ofPhone(UUID community, @Nullable UUID household, UUID member) {
        return new Binding("member.phone", community, household, member);
    }

    byte[] bytes() {
        return String.join("|", what, community.toString(), String.valueOf(household), String.valueOf(member))
                .getBytes(StandardCharsets.UTF_8);
    }
}
