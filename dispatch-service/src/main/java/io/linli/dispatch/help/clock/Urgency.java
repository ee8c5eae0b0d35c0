package io.linli.dispatch.help.clock;

/// How soon help is needed, as the asker says it or a coordinator corrects it.
public enum Urgency {
    LIFE_THREATENING,
    URGENT,
    TODAY,
    THIS_WEEK
}
