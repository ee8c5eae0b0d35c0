package io.linli.groupbuy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Settings of this service.
///
/// @param timerIntervalMillis how often due group buys are looked for
/// @param timerMaxMillis how long one look may take with all it works on
/// @param closeGraceMillis how long after its closing time the timer leaves a group buy alone, so that orders which
///     arrived in time are still written
/// @param purgeInterval how often what is kept for a time is looked through for what is over
/// @param purgeFirstAfter how long after the start that begins
/// @param dueBatchMax how many due group buys one look takes on
/// @param announceMaxDays how far ahead a group buy may be announced
/// @param windowMaxDays the longest time a group buy may be open
/// @param desk the order desk
@ConfigurationProperties("linli.groupbuy")
public record GroupBuySettings(
        long timerIntervalMillis,
        long timerMaxMillis,
        long closeGraceMillis,
        Duration purgeInterval,
        Duration purgeFirstAfter,
        int dueBatchMax,
        int announceMaxDays,
        int windowMaxDays,
        Desk desk) {

    /// The order desk.
    ///
    /// @param lanes how many batches are under way at once; a group buy always has the same lane
    /// @param batchMax how many asks are committed together
    /// @param waitingMax how many asks may wait in one lane; more are refused with 429
    /// @param answerMax how long a caller waits for an answer; 503 afterwards
    /// @param prepayMax how long the stock of an order is held for its payment
    /// @param cashAfterCloseMax how long after the window closes a leader may confirm cash
    /// @param releaseMax how many unpaid orders one look of the timer takes back
    public record Desk(
            int lanes,
            int batchMax,
            int waitingMax,
            Duration answerMax,
            Duration prepayMax,
            Duration cashAfterCloseMax,
            int releaseMax) {}
}
