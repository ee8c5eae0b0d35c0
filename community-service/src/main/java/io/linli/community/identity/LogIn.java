package io.linli.community.identity;

import io.linli.community.identity.LogInResult.Reason;
import io.linli.community.identity.LogInResult.Refused;
import io.linli.community.privacy.BlindIndex;
import io.linli.community.privacy.Phone;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Logs somebody in who has a WeChat account and whose phone is registered in a community.
@Component
class LogIn {
    private final WeChatSessions weChat;
    private final Accounts accounts;
    private final RefreshTokens refreshTokens;
    private final Standing standing;
    private final BlindIndex index;
    private final Transactions transactions;
    private final Clock clock;

    LogIn(
            WeChatSessions weChat,
            Accounts accounts,
            RefreshTokens refreshTokens,
            Standing standing,
            BlindIndex index,
            Transactions transactions,
            Clock clock) {
        this.weChat = weChat;
        this.accounts = accounts;
        this.refreshTokens = refreshTokens;
        this.standing = standing;
        this.index = index;
        this.transactions = transactions;
        this.clock = clock;
    }

    Mono<LogInResult> handle(String loginCode, @Nullable String phoneCode) {
        return weChat.request(loginCode, phoneCode).flatMap(answer -> switch (answer) {
            case WeChatAnswer.Known known -> transactions.acrossCommunities(() -> open(known));
            case WeChatAnswer.Refused _ -> refused(Reason.CODE_REFUSED);
            case WeChatAnswer.Unavailable _ -> refused(Reason.WECHAT_UNAVAILABLE);
        });
    }

    private Mono<LogInResult> open(WeChatAnswer.Known known) {
        var openIdIndex = index.ofOpenId(known.openId());
        return findPhoneIndex(known, openIdIndex)
                .flatMap(phoneIndex -> open(openIdIndex, phoneIndex))
                .switchIfEmpty(Mono.defer(() -> refused(Reason.PHONE_REQUIRED)));
    }

    /// The phone WeChat has just proved, else the one proved before; empty when there is none.
    private Mono<byte[]> findPhoneIndex(WeChatAnswer.Known known, byte[] openIdIndex) {
        if (known.phone() == null) {
            return accounts.findPhone(openIdIndex);
        }
        return Mono.justOrEmpty(Phone.parse(known.phone())).map(index::ofPhone);
    }

    /// Nothing is kept of somebody who is registered nowhere.
    private Mono<LogInResult> open(byte[] openIdIndex, byte[] phoneIndex) {
        return standing.find(phoneIndex)
                .flatMap(found ->
                        found.isRegistered() ? begin(openIdIndex, phoneIndex, found) : refused(Reason.NOT_REGISTERED));
    }

    private Mono<LogInResult> begin(byte[] openIdIndex, byte[] phoneIndex, Standing.Found found) {
        var now = clock.instant();
        return accounts.bind(openIdIndex, phoneIndex, now)
                .flatMap(account -> refreshTokens
                        .begin(account, now)
                        .map(refreshToken -> standing.toSession(account, found, refreshToken)));
    }

    private static Mono<LogInResult> refused(Reason reason) {
        return Mono.just(new Refused(reason));
    }
}
