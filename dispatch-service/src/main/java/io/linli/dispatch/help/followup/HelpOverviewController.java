package io.linli.dispatch.help.followup;

import io.linli.dispatch.Page;
import io.linli.dispatch.api.HelpCount;
import io.linli.dispatch.api.HelpCounts;
import io.linli.dispatch.api.HelpEscalation;
import io.linli.dispatch.api.HelpEscalationPage;
import io.linli.dispatch.api.HelpKind;
import io.linli.dispatch.api.HelpLevel;
import io.linli.dispatch.api.HelpOverviewApi;
import io.linli.dispatch.api.HelpState;
import io.linli.dispatch.api.HelpUrgency;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The whistle log and the counts, for coordinators.
@RestController
class HelpOverviewController implements HelpOverviewApi {

    private static final String COORDINATOR = "coordinator";
    private static final Duration FURTHEST = Duration.ofDays(400);

    private final EscalationLog escalations;
    private final Transactions transactions;
    private final Clock clock;

    HelpOverviewController(EscalationLog escalations, Transactions transactions, Clock clock) {
        this.escalations = escalations;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Mono<HelpEscalationPage> listHelpEscalations(
            UUID communityId, Boolean running, Integer limit, @Nullable UUID cursor, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, COORDINATOR))
                .flatMap(_ -> transactions.in(
                        communityId, () -> escalations.list(communityId, running, Page.after(cursor), limit + 1)))
                .map(rows -> Page.of(rows, limit, EscalationLog.Entry::id))
                .map(page -> new HelpEscalationPage()
                        .items(page.items().stream()
                                .map(HelpOverviewController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    private static HelpEscalation toAnswer(EscalationLog.Entry entry) {
        return new HelpEscalation()
                .id(entry.id())
                .requestId(entry.request())
                .householdId(entry.household())
                .kind(HelpKind.fromValue(entry.kind()))
                .urgency(HelpUrgency.fromValue(entry.urgency()))
                .state(HelpState.fromValue(entry.state()))
                .round(entry.round())
                .level(HelpLevel.fromValue(entry.level()))
                .at(entry.at());
    }

    @Override
    public Mono<HelpCounts> countHelpRequests(Instant from, Instant to, UUID communityId, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, COORDINATOR))
                .doOnNext(_ -> requireTime(from, to))
                .flatMap(_ -> transactions.in(communityId, () -> escalations.count(communityId, from, to)))
                .map(counts -> new HelpCounts()
                        .items(counts.stream()
                                .map(HelpOverviewController::toAnswer)
                                .toList()));
    }

    private void requireTime(Instant from, Instant to) {
        var now = clock.instant();
        if (!from.isBefore(to) || from.isBefore(now.minus(FURTHEST)) || to.isAfter(now.plus(FURTHEST))) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "help-time-invalid", FURTHEST.toDays());
        }
    }

    private static HelpCount toAnswer(EscalationLog.Count count) {
        return new HelpCount()
                .kind(HelpKind.fromValue(count.kind()))
                .state(HelpState.fromValue(count.state()))
                .requests(count.requests())
                .escalated(count.escalated());
    }
}
