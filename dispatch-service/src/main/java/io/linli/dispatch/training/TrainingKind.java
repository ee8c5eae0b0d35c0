package io.linli.dispatch.training;

import java.util.Locale;

/// What a volunteer can be trained in.
public enum TrainingKind {
    DRILL,
    HYGIENE,
    LIFTING;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TrainingKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
