package io.linli.groupbuy.recurring;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// How group buys come again, under `linli.groupbuy.recurring`.
///
/// @param announceAheadHours how long before its opening one that comes again is announced
/// @param perCommunityMax how many may come again in one community
/// @param daysAtOnceMax for how many days of delivery room is asked for at once; for one day one after another
@ConfigurationProperties("linli.groupbuy.recurring")
public record RecurringSettings(int announceAheadHours, int perCommunityMax, int daysAtOnceMax) {}
