package io.linli.local.client;

import org.jspecify.annotations.Nullable;

/// No definite answer within the caller's patience; the same request with the same key may be sent again later.
public final class Unanswered extends RuntimeException {

    Unanswered(String what, @Nullable Throwable last) {
        super(what, last);
    }
}
