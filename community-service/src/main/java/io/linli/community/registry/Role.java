package io.linli.community.registry;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/// What a member is in one community; `text` is the spelling of tokens, contracts and tables.
public enum Role {
    RESIDENT("resident"),
    LEADER("leader"),
    FLOOR_LEADER("floor-leader"),
    KEEPER("keeper"),
    VOLUNTEER("volunteer"),
    COORDINATOR("coordinator"),
    PARTNER("partner");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /// Reads roles; *Errors:* `IllegalArgumentException` for a text that is no role.
    public static Set<Role> ofTexts(Collection<String> texts) {
        var roles = EnumSet.noneOf(Role.class);
        texts.forEach(text -> roles.add(ofText(text)));
        return roles;
    }

    private static Role ofText(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no role: " + text));
    }
}
