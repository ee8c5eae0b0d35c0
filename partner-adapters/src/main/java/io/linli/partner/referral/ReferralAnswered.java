package io.linli.partner.referral;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a partner answered; *Shape*: `answer` is `accepted`, `declined` or `reported`, only the last has a text.
record ReferralAnswered(
        UUID referralId,
        UUID requestId,
        UUID partnerId,
        String answer,
        @Nullable String text) {
    static final String TYPE = "referral.answered.v1";
}
