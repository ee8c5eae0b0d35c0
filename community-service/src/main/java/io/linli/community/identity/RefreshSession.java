package io.linli.community.identity;

import io.linli.community.identity.LogInResult.Reason;
import io.linli.community.identity.LogInResult.Refused;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Exchanges a refresh token for the next one and an access token that says what its holder is by now.
@Component
class RefreshSession {
    private final Accounts accounts;
    private final RefreshTokens refreshTokens;
    private final Standing standing;
    private final Transactions transactions;
    private final Clock clock;

    RefreshSession(
            Accounts accounts, RefreshTokens refreshTokens, Standing standing, Transactions transactions, Clock clock) {
        this.accounts = accounts;
        this.refreshTokens = refreshTokens;
        this.standing = standing;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A refusal is a value, not an error, because the revocation that comes with it has to be committed.
    Mono<LogInResult> handle(String refreshToken) {
        return transactions.acrossCommunities(() -> refreshTokens
                .use(refreshToken, clock.instant())
                .flatMap(this::renew)
                .switchIfEmpty(Mono.defer(() -> refreshTokens
                        .revokeIfReused(refreshToken, clock.instant())
                        .thenReturn(new Refused(Reason.REFRESH_REFUSED)))));
    }

    /// Somebody who lost the phone or is registered nowhere any more is refused like an unknown token.
    private Mono<LogInResult> renew(RefreshTokens.Used used) {
        return accounts.findPhone(used.account())
                .flatMap(standing::find)
                .filter(Standing.Found::isRegistered)
                .flatMap(found -> refreshTokens
                        .issue(used.family(), clock.instant())
                        .map(next -> standing.toSession(used.account(), found, next)));
    }

    /// Ends a login.
    Mono<Void> end(String refreshToken) {
        return transactions.acrossCommunities(() -> refreshTokens.revoke(refreshToken, clock.instant()));
    }
}
