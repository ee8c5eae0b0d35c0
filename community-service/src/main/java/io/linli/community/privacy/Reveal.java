package io.linli.community.privacy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody was shown something about a household.
///
/// @param role as whom: a role, `household` for its own people, or `operator`
/// @param member who; absent for an operator who is no member
/// @param task the task that allowed it
public record Reveal(
        UUID id,
        UUID household,
        What what,
        String role,
        UUID account,
        @Nullable UUID member,
        @Nullable UUID task,
        Instant at) {

    /// What was shown; `text` is the spelling of tables and contracts.
    public enum What {
        DOOR("door"),
        PHONE_LOOKUP("phone-lookup"),
        REGISTRY("registry"),
        PACKING_SHEET("packing-sheet");

        private final String text;

        What(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        static What ofText(String text) {
            for (var what : values()) {
                if (what.text.equals(text)) {
                    return what;
                }
            }
            throw new IllegalArgumentException("nothing to reveal: " + text);
        }
    }
}
