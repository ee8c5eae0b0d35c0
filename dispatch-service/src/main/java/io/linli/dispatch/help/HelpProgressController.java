package io.linli.dispatch.help;

import io.linli.dispatch.api.HelpEntry;
import io.linli.dispatch.api.HelpProgressApi;
import io.linli.dispatch.api.HelpRating;
import io.linli.dispatch.api.HelpReferral;
import io.linli.dispatch.api.HelpTriageApi;
import io.linli.dispatch.api.HelpTriageNote;
import io.linli.dispatch.help.HelpRequest.Decision;
import io.linli.dispatch.help.clock.HelpSettings;
import io.linli.dispatch.help.clock.Urgency;
import io.linli.dispatch.help.detail.HelpTexts;
import io.linli.dispatch.help.detail.Ratings;
import io.linli.kit.data.Ids;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What coordinators decide about a request and households say about it, over HTTP.
@RestController
class HelpProgressController implements HelpTriageApi, HelpProgressApi {

    private static final String COORDINATOR = "coordinator";

    private final ChangeHelp changeHelp;
    private final MatchHelp matchHelp;
    private final HelpTexts texts;
    private final Ratings ratings;
    private final HelpSettings settings;
    private final Writes writes;
    private final Clock clock;

    HelpProgressController(
            ChangeHelp changeHelp,
            MatchHelp matchHelp,
            HelpTexts texts,
            Ratings ratings,
            HelpSettings settings,
            Writes writes,
            Clock clock) {
        this.changeHelp = changeHelp;
        this.matchHelp = matchHelp;
        this.texts = texts;
        this.ratings = ratings;
        this.settings = settings;
        this.writes = writes;
        this.clock = clock;
    }

    /// A write on one request: who asks, and the body as it came.
    private record Write<T>(UUID community, UUID request, Membership asking, T body, ServerWebExchange exchange) {}

    @Override
    public Mono<HelpEntry> triageHelp(
            UUID communityId,
            UUID requestId,
            Mono<HelpTriageNote> helpTriageNote,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return coordinator(communityId)
                .flatMap(asking ->
                        helpTriageNote.map(body -> new Write<>(communityId, requestId, asking, body, exchange)))
                .flatMap(write -> once(write, () -> change(write, request -> triage(write.body(), request.ask()))));
    }

    private HelpCommand triage(HelpTriageNote note, HelpAsk asked) {
        var urgency = note.getUrgency() == null
                ? asked.urgency()
                : HelpRows.constant(note.getUrgency().getValue(), Urgency.class);
        var need = note.getNeed() == null ? asked.need() : note.getNeed();
        return new HelpCommand.Triage(urgency, need, settings.patience(urgency));
    }

    @Override
    public Mono<HelpEntry> matchHelp(
            UUID communityId, UUID requestId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return coordinator(communityId)
                .map(asking -> new Write<>(communityId, requestId, asking, "", exchange))
                .flatMap(write -> once(write, () -> toAnswer(matchHelp.handle(communityId, requestId), write)));
    }

    /// The partner reads what was said, so it goes along.
    @Override
    public Mono<HelpEntry> referHelp(
            UUID communityId,
            UUID requestId,
            Mono<HelpReferral> helpReferral,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return coordinator(communityId)
                .flatMap(
                        asking -> helpReferral.map(body -> new Write<>(communityId, requestId, asking, body, exchange)))
                .flatMap(write -> once(write, () -> refer(write)));
    }

    private Mono<HelpEntry> refer(Write<HelpReferral> write) {
        var partner = new HelpState.Giver.Partner(Ids.next(), write.body().getPartnerId());
        return texts.find(write.request())
                .switchIfEmpty(Mono.error(HelpRequestsController::notFound))
                .flatMap(said -> change(write, _ -> new HelpCommand.Refer(partner, said.text())));
    }

    @Override
    public Mono<HelpEntry> recallHelp(
            UUID communityId, UUID requestId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return coordinator(communityId)
                .map(asking -> new Write<>(communityId, requestId, asking, "", exchange))
                .flatMap(write -> once(write, () -> change(write, _ -> new HelpCommand.Recall())));
    }

    @Override
    public Mono<HelpEntry> cancelHelp(
            UUID communityId, UUID requestId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return member(communityId)
                .map(asking -> new Write<>(communityId, requestId, asking, "", exchange))
                .flatMap(write -> once(
                        write, () -> change(write, allowed(write, HelpAccess::mayCancel, new HelpCommand.Cancel()))));
    }

    @Override
    public Mono<HelpEntry> closeHelp(
            UUID communityId, UUID requestId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return member(communityId)
                .map(asking -> new Write<>(communityId, requestId, asking, "", exchange))
                .flatMap(write -> once(
                        write,
                        () -> change(
                                write,
                                allowed(
                                        write,
                                        HelpAccess::mayConfirm,
                                        new HelpCommand.Close(write.asking().member(), settings.reopenWithin())))));
    }

    @Override
    public Mono<HelpEntry> reopenHelp(
            UUID communityId, UUID requestId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return member(communityId)
                .map(asking -> new Write<>(communityId, requestId, asking, "", exchange))
                .flatMap(write -> once(
                        write,
                        () -> change(write, request -> {
                            var patience = settings.patience(request.ask().urgency());
                            var reopen = new HelpCommand.Reopen(settings.reopenWithin(), patience);
                            return allowed(write, HelpAccess::mayConfirm, reopen)
                                    .apply(request);
                        })));
    }

    @Override
    public Mono<HelpEntry> rateHelp(
            UUID communityId,
            UUID requestId,
            Mono<HelpRating> helpRating,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return member(communityId)
                .flatMap(asking -> helpRating.map(body -> new Write<>(communityId, requestId, asking, body, exchange)))
                .flatMap(write -> once(write, () -> rate(write)));
    }

    private Mono<HelpEntry> rate(Write<HelpRating> write) {
        return change(write, allowed(write, HelpAccess::household, new HelpCommand.Rate()))
                .flatMap(entry -> {
                    var rating = new Ratings.Rating(
                            write.body().getStars(), write.body().getComment());
                    var occasion = new Ratings.Occasion(
                            write.community(),
                            write.request(),
                            entry.getRound(),
                            write.asking().member(),
                            clock.instant());
                    return ratings.add(occasion, rating).thenReturn(entry);
                });
    }

    private static Mono<Membership> coordinator(UUID community) {
        return Caller.current().map(caller -> caller.as(community, COORDINATOR));
    }

    private static Mono<Membership> member(UUID community) {
        return Caller.current().map(caller -> caller.in(community));
    }

    /// The command of somebody whom the request concerns enough; to those who may not even see it, it is not there.
    private static Function<HelpRequest, HelpCommand> allowed(
            Write<?> write, Predicate<HelpAccess> may, HelpCommand command) {
        return request -> {
            var access = HelpAccess.of(request, write.asking());
            if (!access.maySee()) {
                throw HelpRequestsController.notFound();
            }
            if (!may.test(access)) {
                throw Problem.of(HttpStatus.FORBIDDEN, "help-household-only");
            }
            return command;
        };
    }

    private Mono<HelpEntry> once(Write<?> write, Supplier<Mono<HelpEntry>> effect) {
        return writes.once(write.exchange(), write.community(), write.body(), HelpEntry.class, effect);
    }

    private Mono<HelpEntry> change(Write<?> write, Function<HelpRequest, HelpCommand> command) {
        return toAnswer(changeHelp.find(write.community(), write.request(), command), write);
    }

    private static Mono<HelpEntry> toAnswer(Mono<Decision> decided, Write<?> write) {
        return decided.switchIfEmpty(Mono.error(HelpRequestsController::notFound))
                .map(decision -> toAnswer(decision, write));
    }

    private static HelpEntry toAnswer(Decision decision, Write<?> write) {
        return switch (decision) {
            case Decision.Changed(var next, var _) ->
                HelpRequestsController.toAnswer(next, write.asking(), write.exchange());
            case Decision.Rejected(var reason) -> throw problem(reason);
        };
    }

    private static Problem problem(HelpRequest.Reason reason) {
        var slug = switch (reason) {
            case NOT_TRIAGED -> "help-not-triaged";
            case ALREADY_TRIAGED -> "help-already-triaged";
            case ALREADY_GIVEN -> "help-already-given";
            case NOT_GIVEN -> "help-not-given";
            case NOT_ANSWERED -> "help-not-answered";
            case ALREADY_ANSWERED -> "help-already-answered";
            case NOT_CLOSED -> "help-not-closed";
            case ALREADY_RATED -> "help-already-rated";
            case HELPER_MAY_NOT_CLOSE -> "help-closed-by-others";
            case TOO_LATE -> "help-too-late";
            case ENDED -> "help-ended";
            case OTHER_HELPER, NOT_TAKEN_UP, NOT_DUE -> "help-state";
        };
        return Problem.of(HttpStatus.CONFLICT, slug);
    }
}
