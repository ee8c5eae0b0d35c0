package io.linli.dispatch.training;

import io.linli.dispatch.Page;
import io.linli.dispatch.api.TrainingPage;
import io.linli.dispatch.api.TrainingRecord;
import io.linli.dispatch.api.TrainingRequest;
import io.linli.dispatch.api.TrainingsApi;
import io.linli.dispatch.volunteer.FindVolunteer;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Trainings over HTTP.
@RestController
class TrainingsController implements TrainingsApi {

    private final KeepTrainings keepTrainings;
    private final Trainings trainings;
    private final FindVolunteer findVolunteer;
    private final TrainingSettings settings;
    private final Transactions transactions;
    private final Writes writes;

    TrainingsController(
            KeepTrainings keepTrainings,
            Trainings trainings,
            FindVolunteer findVolunteer,
            TrainingSettings settings,
            Transactions transactions,
            Writes writes) {
        this.keepTrainings = keepTrainings;
        this.trainings = trainings;
        this.findVolunteer = findVolunteer;
        this.settings = settings;
        this.transactions = transactions;
        this.writes = writes;
    }

    private record Asked(Membership coordinator, TrainingRequest body) {
        KeepTrainings.Record toRecord(UUID member) {
            return new KeepTrainings.Record(
                    coordinator.community(),
                    member,
                    TrainingKind.valueOf(body.getKind().name()),
                    body.getTrainedAt(),
                    body.getValidUntil(),
                    coordinator.member());
        }
    }

    @Override
    public Mono<TrainingRecord> recordTraining(
            UUID communityId,
            UUID memberId,
            Mono<TrainingRequest> trainingRequest,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return coordinator(communityId)
                .flatMap(coordinator -> trainingRequest.map(body -> new Asked(coordinator, body)))
                .flatMap(asked -> write(
                        exchange, communityId, asked.body(), () -> keepTrainings.handle(asked.toRecord(memberId))));
    }

    @Override
    public Mono<TrainingRecord> revokeTraining(
            UUID communityId,
            UUID memberId,
            UUID trainingId,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return coordinator(communityId)
                .map(coordinator -> new KeepTrainings.Revoke(communityId, memberId, trainingId, coordinator.member()))
                .flatMap(wanted -> write(exchange, communityId, "", () -> keepTrainings.handle(wanted)));
    }

    private static Mono<Membership> coordinator(UUID community) {
        return Caller.current().map(caller -> caller.as(community, "coordinator"));
    }

    private Mono<TrainingRecord> write(
            ServerWebExchange exchange, UUID community, Object body, Supplier<Mono<KeepTrainings.Result>> effect) {
        return writes.once(
                exchange,
                community,
                body,
                TrainingRecord.class,
                () -> effect.get().map(this::toAnswer));
    }

    @Override
    public Mono<TrainingPage> listTrainings(
            UUID communityId, UUID memberId, Integer limit, @Nullable UUID cursor, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> mayRead(caller.as(communityId, "volunteer", "coordinator"), memberId))
                .flatMap(_ -> find(communityId, memberId, Page.after(cursor), limit + 1))
                .map(rows -> Page.of(rows, limit, Training::id))
                .map(page -> new TrainingPage()
                        .items(page.items().stream()
                                .map(TrainingsController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    private static Membership mayRead(Membership asking, UUID member) {
        if (asking.hasAny("coordinator") || asking.member().equals(member)) {
            return asking;
        }
        throw Problem.of(HttpStatus.NOT_FOUND, "volunteer-not-found");
    }

    private Mono<List<Training>> find(UUID community, UUID member, UUID after, int rowsMax) {
        return transactions.in(
                community,
                () -> findVolunteer
                        .isRegistered(community, member)
                        .filter(registered -> registered)
                        .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "volunteer-not-found")))
                        .then(Mono.defer(() -> trainings.list(community, member, after, rowsMax))));
    }

    private TrainingRecord toAnswer(KeepTrainings.Result result) {
        return switch (result) {
            case KeepTrainings.Result.Kept(var training) -> toAnswer(training);
            case KeepTrainings.Result.Flawed(var flaw) -> throw problem(flaw);
            case KeepTrainings.Result.NoVolunteer _ -> throw Problem.of(HttpStatus.NOT_FOUND, "volunteer-not-found");
            case KeepTrainings.Result.NoTraining _ -> throw Problem.of(HttpStatus.NOT_FOUND, "training-not-found");
            case KeepTrainings.Result.RevokedBefore _ -> throw Problem.of(HttpStatus.CONFLICT, "training-revoked");
        };
    }

    private Problem problem(Training.Flaw flaw) {
        var status = HttpStatus.UNPROCESSABLE_CONTENT;
        return switch (flaw) {
            case IN_FUTURE -> Problem.of(status, "training-in-future");
            case ORDER -> Problem.of(status, "training-order");
            case OVER -> Problem.of(status, "training-over");
            case TOO_LONG ->
                Problem.of(status, "training-too-long", settings.validMax().toDays());
        };
    }

    private static TrainingRecord toAnswer(Training training) {
        var answer = new TrainingRecord()
                .id(training.id())
                .memberId(training.member())
                .kind(io.linli.dispatch.api.TrainingKind.valueOf(training.kind().name()))
                .trainedAt(training.trainedAt())
                .validUntil(training.validUntil())
                .recordedBy(training.recordedBy())
                .recordedAt(training.recordedAt());
        var revocation = training.revocation();
        return revocation == null ? answer : answer.revokedAt(revocation.at()).revokedBy(revocation.by());
    }
}
