package io.linli.dispatch.assignment;

import io.linli.dispatch.api.AssignmentsApi;
import io.linli.dispatch.api.Candidate;
import io.linli.dispatch.api.CandidateList;
import io.linli.dispatch.api.Hindrance;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Who could take a task, over HTTP.
@RestController
class AssignmentsController implements AssignmentsApi {

    private final FindCandidates findCandidates;

    AssignmentsController(FindCandidates findCandidates) {
        this.findCandidates = findCandidates;
    }

    @Override
    public Mono<CandidateList> listCandidates(UUID communityId, UUID taskId, Integer most, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "coordinator"))
                .flatMap(_ -> findCandidates.find(communityId, taskId, most))
                .map(AssignmentsController::toAnswer)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "task-not-found")));
    }

    private static CandidateList toAnswer(FindCandidates.Candidates found) {
        return new CandidateList()
                .candidates(found.best().stream()
                        .map(AssignmentsController::toAnswer)
                        .toList())
                .hindrances(found.hindrances().stream()
                        .map(reason -> Hindrance.valueOf(reason.name()))
                        .toList())
                .volunteersOnShift(found.onShift());
    }

    private static Candidate toAnswer(FindCandidates.Candidate candidate) {
        var why = candidate.why();
        return new Candidate()
                .volunteerId(candidate.volunteer())
                .eta(candidate.eta())
                .cost(why.cost())
                .walkingSeconds(why.walking())
                .lateCost(why.late())
                .fairnessCost(why.unfair());
    }
}
