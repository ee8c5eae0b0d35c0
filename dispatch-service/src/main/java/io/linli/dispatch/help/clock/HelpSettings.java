package io.linli.dispatch.help.clock;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set under `linli.dispatch.help`; each duration carries its unit ("10m", "24h").
///
/// How often the clocks are looked at is set beside them: `escalate-every`.
///
/// @param lifeThreateningFirstAnswer until somebody has taken up a life-threatening request
/// @param lifeThreateningResolution until it is answered; the others alike for their urgencies
/// @param reopenWithin how long after the answer or the closing a request may be reopened
/// @param requestsPerRunMax requests escalated by one run of the timer, per community
/// @param communitiesPerRunMax communities handled by one run of the timer
/// @param timerMax how long one run may take
@ConfigurationProperties("linli.dispatch.help")
public record HelpSettings(
        @DefaultValue("5m") Duration lifeThreateningFirstAnswer,
        @DefaultValue("30m") Duration lifeThreateningResolution,
        @DefaultValue("30m") Duration urgentFirstAnswer,
        @DefaultValue("4h") Duration urgentResolution,
        @DefaultValue("4h") Duration todayFirstAnswer,
        @DefaultValue("24h") Duration todayResolution,
        @DefaultValue("24h") Duration thisWeekFirstAnswer,
        @DefaultValue("7d") Duration thisWeekResolution,
        @DefaultValue("72h") Duration reopenWithin,
        @DefaultValue("200") int requestsPerRunMax,
        @DefaultValue("100") int communitiesPerRunMax,
        @DefaultValue("60s") Duration timerMax) {

    public Patience patience(Urgency urgency) {
        return switch (urgency) {
            case LIFE_THREATENING -> new Patience(lifeThreateningFirstAnswer, lifeThreateningResolution);
            case URGENT -> new Patience(urgentFirstAnswer, urgentResolution);
            case TODAY -> new Patience(todayFirstAnswer, todayResolution);
            case THIS_WEEK -> new Patience(thisWeekFirstAnswer, thisWeekResolution);
        };
    }
}
