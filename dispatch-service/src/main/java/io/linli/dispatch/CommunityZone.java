package io.linli.dispatch;

import io.linli.kit.web.Membership;
import java.time.ZoneId;

/// The zone whose days and clocks count in a community, as the caller's token says it.
public final class CommunityZone {

    /// Where a token names no zone; one that community-service signed always does.
    private static final String DEFAULT = "Asia/Shanghai";

    private CommunityZone() {}

    public static ZoneId of(Membership membership) {
        return ZoneId.of(membership.attributes().getOrDefault("zone", DEFAULT));
    }
}
