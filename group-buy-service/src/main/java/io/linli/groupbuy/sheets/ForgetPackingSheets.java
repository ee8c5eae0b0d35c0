package io.linli.groupbuy.sheets;

import io.linli.kit.data.Transactions;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// The timer that forgets who lives where on sheets that nobody packs by any more. A look takes one bounded statement;
/// what is left, or failed, the next look takes.
@Service
class ForgetPackingSheets {
    private static final Logger log = LoggerFactory.getLogger(ForgetPackingSheets.class);

    private final PackingSheets sheets;
    private final Transactions transactions;
    private final SheetSettings settings;
    private final Clock clock;

    ForgetPackingSheets(PackingSheets sheets, Transactions transactions, SheetSettings settings, Clock clock) {
        this.sheets = sheets;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(
            fixedDelayString = "${linli.groupbuy.purge-interval}",
            initialDelayString = "${linli.groupbuy.purge-first-after}")
    Mono<Long> look() {
        return Mono.defer(() -> handle(clock.instant()));
    }

    /// How many were forgotten.
    Mono<Long> handle(Instant now) {
        return transactions
                .acrossCommunities(() -> sheets.forget(now.minus(settings.keptMax())))
                .onErrorResume(ForgetPackingSheets::tryLater);
    }

    private static Mono<Long> tryLater(Throwable failure) {
        log.warn("old packing sheets are forgotten at the next look: {}", failure.toString());
        return Mono.just(0L);
    }
}
