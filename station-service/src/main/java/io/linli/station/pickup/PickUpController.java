package io.linli.station.pickup;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import io.linli.station.api.HandOver;
import io.linli.station.api.LabelledParcel;
import io.linli.station.api.NewHandOver;
import io.linli.station.api.PickUpApi;
import io.linli.station.api.PickUpCode;
import io.linli.station.code.PickUpCodes;
import io.linli.station.parcel.HouseholdParcels;
import io.linli.station.parcel.Occasion;
import io.linli.station.parcel.Parcel;
import io.linli.station.pickup.JudgeCode.Attempt;
import io.linli.station.pickup.JudgeCode.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Codes and hand-overs over HTTP.
@RestController
class PickUpController implements PickUpApi {
    private final PickUpCodes codes;
    private final HouseholdParcels parcels;
    private final JudgeCode judgeCode;
    private final Transactions transactions;
    private final Writes writes;
    private final Clock clock;

    /// What is remembered of a request to recognise it: the code only as what may be stored of it.
    private record Asked(String label, String codeFingerprint, Set<UUID> parcelIds) {}

    private record Judged(Attempt attempt, Asked asked, Verdict verdict) {}

    PickUpController(
            PickUpCodes codes,
            HouseholdParcels parcels,
            JudgeCode judgeCode,
            Transactions transactions,
            Writes writes,
            Clock clock) {
        this.codes = codes;
        this.parcels = parcels;
        this.judgeCode = judgeCode;
        this.transactions = transactions;
        this.writes = writes;
        this.clock = clock;
    }

    @Override
    public Mono<PickUpCode> getPickUpCode(UUID communityId, ServerWebExchange exchange) {
        return resident(communityId).flatMap(household -> show(communityId, household));
    }

    /// Empty in between: the last parcel may be handed over while this is read.
    private Mono<PickUpCode> show(UUID community, UUID household) {
        return transactions
                .in(
                        community,
                        () -> getReady(community, household)
                                .zipWith(
                                        codes.findLive(community, household),
                                        (ready, live) -> new PickUpCode(live.text(), toApi(ready))))
                .switchIfEmpty(Mono.error(PickUpController::nothingToCollect));
    }

    private Mono<List<Parcel>> getReady(UUID community, UUID household) {
        return parcels.findReady(community, household)
                .filter(ready -> !ready.isEmpty())
                .switchIfEmpty(Mono.error(PickUpController::nothingToCollect));
    }

    private static Problem nothingToCollect() {
        return Problem.of(HttpStatus.NOT_FOUND, "nothing-to-collect");
    }

    /// The new code is shown after the write, not stored as its answer: nowhere is it written down in plain.
    @Override
    public Mono<PickUpCode> renewPickUpCode(
            UUID communityId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return resident(communityId)
                .flatMap(household -> writes.once(
                                exchange, communityId, "", Void.class, () -> renew(communityId, household))
                        .then(Mono.defer(() -> show(communityId, household))));
    }

    private Mono<Void> renew(UUID community, UUID household) {
        return parcels.lock(community, household)
                .then(Mono.defer(() -> getReady(community, household)))
                .then(codes.renew(community, household, clock.instant()));
    }

    @Override
    public Mono<HandOver> handOver(
            UUID communityId,
            Mono<NewHandOver> newHandOver,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "keeper"))
                .zipWith(newHandOver, (keeper, asked) -> judge(communityId, keeper.member(), asked))
                .flatMap(judged -> judged)
                .flatMap(judged ->
                        writes.once(exchange, communityId, judged.asked(), HandOver.class, () -> handOver(judged)));
    }

    private Mono<Judged> judge(UUID community, UUID keeper, NewHandOver asked) {
        var attempt = new Attempt(community, keeper, asked.getLabel(), asked.getCode());
        var named = asked.getParcelIds() == null ? Set.<UUID>of() : Set.copyOf(asked.getParcelIds());
        var remembered = new Asked(asked.getLabel(), codes.toFingerprint(asked.getCode()), named);
        return judgeCode.judge(attempt).map(verdict -> new Judged(attempt, remembered, verdict));
    }

    /// A refusal comes from here, inside the write, so that a repeated request still gets its first answer.
    private Mono<HandOver> handOver(Judged judged) {
        return switch (judged.verdict()) {
            case Verdict.Refused refused -> Mono.error(refused.problem());
            case Verdict.Opens opens -> {
                var attempt = judged.attempt();
                var occasion = Occasion.of(attempt.community(), "keeper", attempt.keeper(), clock.instant());
                yield parcels.handOver(opens.household(), judged.asked().parcelIds(), occasion)
                        .map(handedOver -> new HandOver(toApi(handedOver)));
            }
        };
    }

    private static Mono<UUID> resident(UUID community) {
        return Caller.current()
                .map(caller -> caller.as(community, "resident"))
                .map(resident -> resident.uuid("household"));
    }

    private static List<LabelledParcel> toApi(List<Parcel> parcels) {
        return parcels.stream()
                .map(parcel -> new LabelledParcel(
                        parcel.id(), String.valueOf(parcel.state().label())))
                .toList();
    }
}
