package io.linli.station;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the station can be told from outside, under `linli.station.*`.
///
/// @param codeKey base64 of 32 secret bytes from which the keys of the pick-up codes are derived; required
/// @param triesPerLabel wrong codes for one label before it pauses
/// @param firstPause how long a label pauses first; each further wrong code doubles it
/// @param pauseMax the longest pause
/// @param wrongCodesPerKeeper wrong codes one keeper may enter within the window
@ConfigurationProperties("linli.station")
public record StationSettings(
        String codeKey,
        @DefaultValue("5") int triesPerLabel,
        @DefaultValue("60s") Duration firstPause,
        @DefaultValue("1h") Duration pauseMax,
        @DefaultValue("30") int wrongCodesPerKeeper,
        @DefaultValue("10m") Duration keeperWindow) {
    public StationSettings {
        if (codeKey == null || codeKey.isBlank()) {
            throw new IllegalArgumentException("linli.station.code-key is required: base64 of 32 random bytes");
        }
    }
}
