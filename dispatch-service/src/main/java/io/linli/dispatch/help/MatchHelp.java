package io.linli.dispatch.help;

import io.linli.dispatch.building.FindHome;
import io.linli.dispatch.building.Home;
import io.linli.dispatch.help.HelpRequest.Decision;
import io.linli.dispatch.task.OpenTask;
import io.linli.dispatch.task.TaskKind;
import io.linli.dispatch.task.Window;
import io.linli.dispatch.volunteer.Skill;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Makes a triaged request a volunteer's task, which looks for its volunteer like every other.
///
/// The task carries no word of the request: who accepts it reads that here, as long as they help.
@Component
class MatchHelp {

    private final HelpRequests requests;
    private final ChangeHelp changeHelp;
    private final FindHome findHome;
    private final OpenTask openTask;
    private final Clock clock;

    MatchHelp(HelpRequests requests, ChangeHelp changeHelp, FindHome findHome, OpenTask openTask, Clock clock) {
        this.requests = requests;
        this.changeHelp = changeHelp;
        this.findHome = findHome;
        this.openTask = openTask;
        this.clock = clock;
    }

    /// Empty when there is no such request. *Errors:* 422 `help-not-for-volunteers`, 422 `building-unknown`.
    Mono<Decision> handle(UUID community, UUID id) {
        return requests.findForUpdate(community, id).flatMap(this::match);
    }

    /// Asked before the task is opened, so that the wrong state is told and not what a task would lack.
    private Mono<Decision> match(HelpRequest request) {
        var now = clock.instant();
        return request.decide(new HelpCommand.Match(request.id()), now) instanceof Decision.Rejected rejected
                ? Mono.just(rejected)
                : open(request, kind(request.ask().kind()), now);
    }

    private Mono<Decision> open(HelpRequest request, TaskKind kind, Instant now) {
        return building(request)
                .flatMap(building -> openTask.open(request.community(), toWanted(request, kind, building, now)))
                .flatMap(task -> changeHelp.apply(request, new HelpCommand.Match(task)));
    }

    private Mono<UUID> building(HelpRequest request) {
        return Mono.justOrEmpty(request.ask().building())
                .switchIfEmpty(Mono.defer(
                        () -> findHome.find(request.ask().household()).map(Home::building)))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "building-unknown")));
    }

    private static OpenTask.Wanted toWanted(HelpRequest request, TaskKind kind, UUID building, Instant now) {
        var due = request.clock().due(true);
        return new OpenTask.Wanted(
                request.ask().household(),
                building,
                kind,
                null,
                qualifications(kind),
                request.ask().need() + 1,
                due.isAfter(now) ? new Window(null, due) : Window.ANY,
                0);
    }

    /// Who fetches medicine reads what it is; the rest anybody may do.
    private static Set<String> qualifications(TaskKind kind) {
        return kind == TaskKind.MEDICINE ? Set.of(Skill.MEDICINE.word()) : Set.of();
    }

    private static TaskKind kind(HelpAsk.Kind kind) {
        return switch (kind) {
            case MEDICINE -> TaskKind.MEDICINE;
            case ERRAND -> TaskKind.ERRAND;
            case CHECK_IN_VISIT -> TaskKind.CHECK_IN;
            case MEDICAL_ADVICE, PSYCHOLOGICAL_ADVICE, REPAIR ->
                throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "help-not-for-volunteers");
        };
    }
}
