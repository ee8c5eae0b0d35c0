package io.linli.local.client;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/// Idempotency keys that are the same on every run for the same step of the same undertaking (UUID version 5).
public final class Keys {

    private final UUID namespace;

    public Keys(String undertaking) {
        this.namespace = UuidCreator.getNameBasedSha1(UuidCreator.NAMESPACE_URL, "urn:linli:keys:" + undertaking);
    }

    public String of(String step, Object... parts) {
        var name = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining("/", step + "/", ""));
        return UuidCreator.getNameBasedSha1(namespace, name).toString();
    }
}
