package io.linli.groupbuy.paper;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of printing and reading files.
///
/// @param threads how many files are worked on at once
/// @param waitingMax how many more may wait
/// @param timeoutMillis how long one may wait and be worked on; less than the gateway waits for an answer
@ConfigurationProperties("linli.groupbuy.paper")
record PaperSettings(
        @DefaultValue("2") int threads,
        @DefaultValue("20") int waitingMax,
        @DefaultValue("10000") long timeoutMillis) {}
