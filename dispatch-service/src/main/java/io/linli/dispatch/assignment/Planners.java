package io.linli.dispatch.assignment;

import jakarta.annotation.PreDestroy;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Where plans are computed: a few threads of their own, so that nobody else's timers and answers wait for a search.
@Component
class Planners {

    private static final String NAME = "planner";

    private final Scheduler scheduler;

    Planners(AssignmentSettings settings) {
        scheduler = Schedulers.newBoundedElastic(settings.plannersMax(), settings.plansWaitingMax(), NAME);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    @PreDestroy
    void stop() {
        scheduler.dispose();
    }
}
