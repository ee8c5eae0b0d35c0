package io.linli.kit.data;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/// New identifiers. *Source:* RFC 9562, UUID version 7: sorted by time, so indexes grow at one end.
public final class Ids {
    private Ids() {}

    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
