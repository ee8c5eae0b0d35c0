package io.linli.dispatch.task;

import io.linli.dispatch.DispatchSettings;
import io.linli.kit.data.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// What happens to a task because time goes by. Each run is bounded, leaves alone what another replica holds, and after
/// a failure the next run takes up what is left.
@Component
class TaskTimers {

    private static final Logger log = LoggerFactory.getLogger(TaskTimers.class);

    private final Tasks tasks;
    private final ChangeTasks changeTasks;
    private final Transactions transactions;
    private final DispatchSettings settings;
    private final Clock clock;

    TaskTimers(
            Tasks tasks, ChangeTasks changeTasks, Transactions transactions, DispatchSettings settings, Clock clock) {
        this.tasks = tasks;
        this.changeTasks = changeTasks;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /// Takes back the offers that ran out: one volunteer per transaction, so that two runs never wait for each other's
    /// volunteers crosswise.
    @Scheduled(fixedDelayString = "${linli.dispatch.expire-every:5s}")
    Mono<Void> expireOffers() {
        return transactions
                .acrossCommunities(() -> tasks.findOverdue(clock.instant(), settings.communitiesPerRunMax()))
                .flatMapMany(Flux::fromIterable)
                .concatMap(overdue -> expire(overdue)
                        .onErrorResume(failure -> skip("expiring offers of " + overdue.volunteer(), failure)))
                .then()
                .timeout(settings.timerMax())
                .onErrorResume(failure -> skip("expiring offers", failure));
    }

    private Mono<Void> expire(Tasks.Overdue overdue) {
        return transactions
                .in(
                        overdue.community(),
                        () -> tasks.lockOverdue(overdue, clock.instant())
                                .flatMap(locked -> changeTasks.all(locked, _ -> new Task.Command.Expire())))
                .then();
    }

    /// Confirms the drops about which the household stayed silent: one community per transaction, so that trouble in
    /// one holds up no other.
    @Scheduled(fixedDelayString = "${linli.dispatch.confirm-every:30s}")
    Mono<Void> confirmSilent() {
        return transactions
                .acrossCommunities(() -> tasks.findSilent(silentSince(), settings.communitiesPerRunMax()))
                .flatMapMany(Flux::fromIterable)
                .concatMap(community ->
                        confirm(community).onErrorResume(failure -> skip("confirming drops of " + community, failure)))
                .then()
                .timeout(settings.timerMax())
                .onErrorResume(failure -> skip("confirming drops", failure));
    }

    private Mono<Void> confirm(UUID community) {
        return transactions
                .in(
                        community,
                        () -> tasks.lockSilent(community, silentSince(), settings.tasksPerRunMax())
                                .flatMap(locked -> changeTasks.all(
                                        locked, _ -> new Task.Command.ConfirmBySilence(settings.autoConfirmAfter()))))
                .then();
    }

    private Instant silentSince() {
        return clock.instant().minus(settings.autoConfirmAfter());
    }

    private static Mono<Void> skip(String what, Throwable failure) {
        log.warn("{} is left to the next run: {}", what, failure.toString());
        return Mono.empty();
    }
}
