package io.linli.dispatch.help.detail;

import io.linli.dispatch.help.clock.HelpSettings;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Forgets what medicine was fetched once nobody needs to know any more: at once when it was cancelled, else when it
/// can't be reopened.
@Component
class ForgetMedicine {

    private static final Logger log = LoggerFactory.getLogger(ForgetMedicine.class);

    private final HelpTexts texts;
    private final Transactions transactions;
    private final HelpSettings settings;
    private final Clock clock;

    ForgetMedicine(HelpTexts texts, Transactions transactions, HelpSettings settings, Clock clock) {
        this.texts = texts;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${linli.dispatch.help.forget-every:1m}")
    Mono<Void> forget() {
        return transactions
                .acrossCommunities(() -> texts.forgetMedicine(
                        clock.instant().minus(settings.reopenWithin()), settings.requestsPerRunMax()))
                .then()
                .timeout(settings.timerMax())
                .onErrorResume(failure -> {
                    log.warn("forgetting medicine is left to the next run: {}", failure.toString());
                    return Mono.empty();
                });
    }
}
