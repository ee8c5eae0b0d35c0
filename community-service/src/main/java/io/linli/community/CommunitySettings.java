package io.linli.community;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What community-service can be told from outside, under `linli.community.*`. The three keys have no default: without
/// them the service does not start.
///
/// @param signingKey private EC P-256 key as JWK (JSON) that signs access tokens
/// @param dataKeyset Tink AEAD keyset (JSON) that encrypts names, phones and rooms
/// @param indexKey 32 bytes in base64: the key of the blind indexes
/// @param operatorPhone whose account may do everything a coordinator may, in every community; none when absent
/// @param partnerUrl where partner-adapters answers
/// @param doorGrantMaxHours after this a volunteer's view of a door ends even if the task was never closed
/// @param doorGraceMinutes how long after the hand-over a volunteer still sees the door
/// @param leadMaxDays how long after a group buy was formed those who lead it may ask where its households live
/// @param leadPurgeBatch how many group buys are forgotten at once when that is over
@ConfigurationProperties("linli.community")
public record CommunitySettings(
        @Nullable String signingKey,
        @Nullable String dataKeyset,
        @Nullable String indexKey,
        @Nullable String operatorPhone,
        @DefaultValue("http://127.0.0.1:8083") String partnerUrl,
        @DefaultValue("3000") int partnerTimeoutMillis,
        @DefaultValue("15") int accessTokenMinutes,
        @DefaultValue("30") int refreshTokenDays,
        @DefaultValue("48") int doorGrantMaxHours,
        @DefaultValue("30") int doorGraceMinutes,
        @DefaultValue("30") int leadMaxDays,
        @DefaultValue("1000") int leadPurgeBatch) {

    /// A key that has to be there. *Errors:* `IllegalStateException` naming the setting.
    public static String required(@Nullable String key, String setting) {
        if (key == null || key.isBlank()) {
            throw new IllegalStateException("linli.community." + setting + " is not set");
        }
        return key;
    }
}
