package io.linli.dispatch.volunteer;

import java.util.Locale;

/// What a volunteer can do, by their own word; some tasks ask for it.
public enum Skill {
    LIFTING,
    MEDICINE,
    ELDER_CARE,
    CHILD_CARE,
    REPAIR,
    ERRANDS,
    LANGUAGES;

    /// As rows and contracts spell it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Skill of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
