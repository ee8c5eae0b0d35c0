package io.linli.kit.messaging;

/// Said by an effect when the fact it builds on has not arrived yet: the event waits and is tried again; no failure.
public final class ComesEarly extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ComesEarly(String awaited) {
        super(awaited, null, false, false);
    }
}
