package io.linli.kit.testing;

/// An exchange that the service's contract does not allow; no [AssertionError], which Reactor would hide in a wrapper.
public final class ContractViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContractViolation(String message) {
        super(message);
    }
}
