package io.linli.community.identity;

import org.jspecify.annotations.Nullable;

/// What partner-adapters says about a WeChat login code.
sealed interface WeChatAnswer {
    /// The code was good. `phone` is there when a phone code came along.
    record Known(String openId, @Nullable String phone) implements WeChatAnswer {}

    /// The code was wrong, used or too old.
    record Refused() implements WeChatAnswer {}

    /// Nobody answered in time; the code may still be good.
    record Unavailable() implements WeChatAnswer {}
}
