package io.linli.benchmarks.orders;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.linli.kit.testing.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A token for every resident of a village, signed anew well before they run out after their 15 minutes.
final class ResidentTokens {
    private static final Duration SIGNED_ANEW_AFTER = Duration.ofMinutes(8);

    private final Village village;
    private final TestTokens tokens;
    private List<List<byte[]>> signed = List.of();
    private long signedAt;

    ResidentTokens(Village village, TestTokens tokens) {
        this.village = village;
        this.tokens = tokens;
    }

    /// Signs them when it is time to. Not while a load runs.
    void renew() {
        if (!signed.isEmpty() && System.nanoTime() - signedAt < SIGNED_ANEW_AFTER.toNanos()) {
            return;
        }
        var fresh = new ArrayList<List<byte[]>>();
        for (var community : village.communities()) {
            fresh.add(community.residents().stream()
                    .map(resident -> Village.residentToken(tokens, resident).getBytes(US_ASCII))
                    .toList());
        }
        signed = fresh;
        signedAt = System.nanoTime();
    }

    byte[] of(int community, int resident) {
        return signed.get(community).get(resident);
    }
}
