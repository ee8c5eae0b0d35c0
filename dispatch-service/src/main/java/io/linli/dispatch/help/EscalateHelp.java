package io.linli.dispatch.help;

import io.linli.dispatch.help.clock.HelpSettings;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Escalates the requests whose clock ran out, one level each. A run is bounded, leaves alone what another replica
/// holds, and after a failure the next run takes up what is left.
@Component
class EscalateHelp {

    private static final Logger log = LoggerFactory.getLogger(EscalateHelp.class);

    private final HelpRequests requests;
    private final ChangeHelp changeHelp;
    private final Transactions transactions;
    private final HelpSettings settings;
    private final Clock clock;

    EscalateHelp(
            HelpRequests requests,
            ChangeHelp changeHelp,
            Transactions transactions,
            HelpSettings settings,
            Clock clock) {
        this.requests = requests;
        this.changeHelp = changeHelp;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /// One community per transaction, so that trouble in one holds up no other.
    @Scheduled(fixedDelayString = "${linli.dispatch.help.escalate-every:5s}")
    Mono<Void> escalateDue() {
        return transactions
                .acrossCommunities(() -> requests.findEscalating(clock.instant(), settings.communitiesPerRunMax()))
                .flatMapMany(Flux::fromIterable)
                .concatMap(community ->
                        escalate(community).onErrorResume(failure -> skip("escalating in " + community, failure)))
                .then()
                .timeout(settings.timerMax())
                .onErrorResume(failure -> skip("escalating help requests", failure));
    }

    private Mono<Void> escalate(UUID community) {
        return transactions.in(
                community,
                () -> requests.lockEscalating(community, clock.instant(), settings.requestsPerRunMax())
                        .flatMapMany(Flux::fromIterable)
                        .concatMap(locked -> changeHelp.apply(locked, new HelpCommand.Escalate()))
                        .then());
    }

    private static Mono<Void> skip(String what, Throwable failure) {
        log.warn("{} is left to the next run: {}", what, failure.toString());
        return Mono.empty();
    }
}
