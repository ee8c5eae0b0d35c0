package io.linli.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set under `linli.dispatch`; each duration carries its unit ("10m", "24h").
///
/// How often the timers run is set beside them: `assign-every`, `sweep-every`, `expire-every`, `confirm-every`.
///
/// @param offerValid how long an offer waits for an answer
/// @param offerAgainAfter how long a volunteer who let an offer run out is not offered that task again
/// @param autoConfirmAfter how long the household may stay silent until a drop counts as confirmed
/// @param shiftMax the longest shift
/// @param shiftAheadMax how far ahead a shift may be taken
/// @param timerMax how long one run of a timer may take
/// @param communitiesPerRunMax communities handled by one run of a timer
/// @param tasksPerRunMax tasks handled by one run of a timer, per community where it goes by community
@ConfigurationProperties("linli.dispatch")
public record DispatchSettings(
        @DefaultValue("10m") Duration offerValid,
        @DefaultValue("30m") Duration offerAgainAfter,
        @DefaultValue("24h") Duration autoConfirmAfter,
        @DefaultValue("24h") Duration shiftMax,
        @DefaultValue("90d") Duration shiftAheadMax,
        @DefaultValue("60s") Duration timerMax,
        @DefaultValue("100") int communitiesPerRunMax,
        @DefaultValue("1000") int tasksPerRunMax) {}
