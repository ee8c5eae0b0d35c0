package io.linli.local.system;

/// The system does not come up, for a reason the person at the keyboard can do something about.
public final class CannotStart extends RuntimeException {

    public CannotStart(String reason) {
        super(reason);
    }

    CannotStart(String reason, Throwable cause) {
        super(reason, cause);
    }
}
