package io.linli.groupbuy.capacity;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// In whose name others are asked for room: a caller's, by the `Authorization` header, or nobody's. Nobody asks at a
/// path to which no gateway leads.
record Asker(@Nullable String authorization) {

    String root() {
        return authorization == null ? "/internal" : "/v1";
    }

    void sign(HttpHeaders headers) {
        if (authorization != null) {
            headers.set(HttpHeaders.AUTHORIZATION, authorization);
        }
    }
}
