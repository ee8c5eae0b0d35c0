package io.linli.community.identity;

import io.linli.community.households.MembershipOfPhone;
import java.time.Duration;
import java.util.List;

/// How a login or a refresh ends.
sealed interface LogInResult {
    /// The tokens, and what they let their holder be.
    record Session(String accessToken, Duration life, String refreshToken, List<MembershipOfPhone> memberships)
            implements LogInResult {}

    record Refused(Reason reason) implements LogInResult {}

    /// Why there is no session.
    enum Reason {
        CODE_REFUSED,
        PHONE_REQUIRED,
        NOT_REGISTERED,
        WECHAT_UNAVAILABLE,
        REFRESH_REFUSED
    }
}
