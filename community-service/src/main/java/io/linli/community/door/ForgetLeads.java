package io.linli.community.door;

import io.linli.community.CommunitySettings;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// The timer that forgets who led group buys that are long over. A look takes two bounded statements; what is left, or
/// failed, the next look takes.
@Service
class ForgetLeads {
    private static final Logger log = LoggerFactory.getLogger(ForgetLeads.class);

    private final GroupBuyLeads leads;
    private final Transactions transactions;
    private final CommunitySettings settings;
    private final Clock clock;

    ForgetLeads(GroupBuyLeads leads, Transactions transactions, CommunitySettings settings, Clock clock) {
        this.leads = leads;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    Mono<Long> look() {
        return Mono.defer(() -> handle(clock.instant()));
    }

    /// How many rows were deleted.
    Mono<Long> handle(Instant now) {
        var formedBefore = now.minus(Duration.ofDays(settings.leadMaxDays()));
        return transactions
                .acrossCommunities(() -> leads.forget(formedBefore, settings.leadPurgeBatch()))
                .onErrorResume(ForgetLeads::tryLater);
    }

    private static Mono<Long> tryLater(Throwable failure) {
        log.warn("old leads are forgotten at the next look: {}", failure.toString());
        return Mono.just(0L);
    }
}
