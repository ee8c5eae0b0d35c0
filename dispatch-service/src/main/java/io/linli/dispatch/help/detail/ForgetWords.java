package io.linli.dispatch.help.detail;

import io.linli.dispatch.help.clock.HelpSettings;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Forgets what was said, what a partner reported and what medicine was fetched once nobody needs to know any more: at
/// once when the request was cancelled, else when it cannot be reopened.
@Component
class ForgetWords {

    private static final Logger log = LoggerFactory.getLogger(ForgetWords.class);

    private final HelpTexts texts;
    private final Transactions transactions;
    private final HelpSettings settings;
    private final Clock clock;

    ForgetWords(HelpTexts texts, Transactions transactions, HelpSettings settings, Clock clock) {
        this.texts = texts;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${linli.dispatch.help.forget-every:1m}")
    Mono<Void> forget() {
        return transactions
                .acrossCommunities(() ->
                        texts.forget(clock.instant().minus(settings.reopenWithin()), settings.requestsPerRunMax()))
                .timeout(settings.timerMax())
                .onErrorResume(failure -> {
                    log.warn("forgetting what was said is left to the next run: {}", failure.toString());
                    return Mono.empty();
                });
    }
}
