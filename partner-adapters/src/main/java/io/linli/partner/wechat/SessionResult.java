package io.linli.partner.wechat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What WeChat made of a login code.
sealed interface SessionResult {
    record Opened(String openId, @Nullable String phone) implements SessionResult {}

    /// Wrong, used or too old a code, or a person WeChat does not let in.
    record Refused(int errcode) implements SessionResult {}

    /// Busy, over its limits, broken or late.
    record Unavailable(Duration retryAfter) implements SessionResult {}
}
