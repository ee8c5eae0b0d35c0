package io.linli.dispatch.help;

import io.linli.dispatch.Page;
import io.linli.dispatch.api.HelpEmergency;
import io.linli.dispatch.api.HelpEntry;
import io.linli.dispatch.api.HelpHelper;
import io.linli.dispatch.api.HelpKind;
import io.linli.dispatch.api.HelpLevel;
import io.linli.dispatch.api.HelpMedicine;
import io.linli.dispatch.api.HelpPage;
import io.linli.dispatch.api.HelpQueuePage;
import io.linli.dispatch.api.HelpRequestsApi;
import io.linli.dispatch.api.HelpUrgency;
import io.linli.dispatch.api.HelpView;
import io.linli.dispatch.help.clock.Urgency;
import io.linli.dispatch.help.detail.Medicine;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Asking for help, and the lists.
@RestController
class HelpRequestsController implements HelpRequestsApi {

    private static final String COORDINATOR = "coordinator";
    private static final String HOUSEHOLD = "household";

    private final AskForHelp askForHelp;
    private final HelpPages pages;
    private final Transactions transactions;
    private final Writes writes;

    HelpRequestsController(AskForHelp askForHelp, HelpPages pages, Transactions transactions, Writes writes) {
        this.askForHelp = askForHelp;
        this.pages = pages;
        this.transactions = transactions;
        this.writes = writes;
    }

    private record Asked(Membership by, io.linli.dispatch.api.HelpAsk body) {
        AskForHelp.Asking asking() {
            var household = body.getHouseholdId();
            return new AskForHelp.Asking(
                    by,
                    household == null ? by.uuid(HOUSEHOLD) : household,
                    HelpRows.constant(body.getKind().getValue(), HelpAsk.Kind.class),
                    HelpRows.constant(body.getUrgency().getValue(), Urgency.class),
                    body.getNeed(),
                    body.getText(),
                    toMedicine(body.getMedicine()));
        }

        private static @Nullable Medicine toMedicine(@Nullable HelpMedicine medicine) {
            return medicine == null
                    ? null
                    : new Medicine(medicine.getWhat(), medicine.getFetchAt(), medicine.getPrescriptionNote());
        }
    }

    @Override
    public Mono<HelpEntry> askForHelp(
            UUID communityId,
            Mono<io.linli.dispatch.api.HelpAsk> helpAsk,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(communityId))
                .flatMap(by -> helpAsk.map(body -> new Asked(by, body)))
                .flatMap(asked -> ask(communityId, asked, exchange));
    }

    private Mono<HelpEntry> ask(UUID community, Asked asked, ServerWebExchange exchange) {
        return writes.once(
                exchange,
                community,
                asked.body(),
                HelpEntry.class,
                () -> askForHelp.handle(asked.asking()).map(result -> toAnswer(result, asked.by(), exchange)));
    }

    private static HelpEntry toAnswer(AskForHelp.Result result, Membership by, ServerWebExchange exchange) {
        return switch (result) {
            case AskForHelp.Result.Asked(var request) -> toAnswer(request, by, exchange);
            case AskForHelp.Result.HouseholdUnknown _ ->
                throw Problem.of(HttpStatus.NOT_FOUND, "help-household-not-found");
            case AskForHelp.Result.MedicineMisplaced _ ->
                throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "help-medicine-misplaced");
        };
    }

    @Override
    public Mono<HelpPage> listHelpRequests(
            UUID communityId,
            @Nullable HelpView view,
            io.linli.dispatch.api.@Nullable HelpState state,
            Integer limit,
            @Nullable UUID cursor,
            ServerWebExchange exchange) {
        var word = state == null ? null : state.getValue();
        return Caller.current().flatMap(caller -> {
            var asking = caller.in(communityId);
            var seen = view(caller, asking, view == null ? usualView(asking) : view);
            var wanted = new HelpPages.Wanted(seen, word, Page.after(cursor), limit + 1);
            return transactions
                    .in(communityId, () -> pages.list(communityId, wanted))
                    .map(rows -> Page.of(rows, limit, HelpRequest::id))
                    .map(page -> new HelpPage()
                            .items(page.items().stream()
                                    .map(request -> toAnswer(request, asking, exchange))
                                    .toList())
                            .next(page.next()));
        });
    }

    private static HelpView usualView(Membership asking) {
        return asking.hasAny(COORDINATOR) ? HelpView.ALL : HelpView.HOUSEHOLD;
    }

    private static HelpPages.View view(Caller caller, Membership asking, HelpView view) {
        return switch (view) {
            case ALL -> {
                caller.as(asking.community(), COORDINATOR);
                yield new HelpPages.View.All();
            }
            case ASKED -> HelpAccess.asked(asking);
            case HELPING -> new HelpPages.View.Helping(asking.member());
            case HOUSEHOLD -> new HelpPages.View.Household(asking.uuid(HOUSEHOLD));
        };
    }

    @Override
    public Mono<HelpQueuePage> listHelpQueue(
            UUID communityId, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        var after = cursor == null ? HelpPages.Place.FIRST : HelpPages.Place.parse(cursor);
        return Caller.current()
                .map(caller -> caller.as(communityId, COORDINATOR))
                .flatMap(asking -> transactions
                        .in(communityId, () -> pages.queue(communityId, after, limit + 1))
                        .map(rows -> {
                            var shown = rows.subList(0, Math.min(limit, rows.size()));
                            var page = new HelpQueuePage()
                                    .items(shown.stream()
                                            .map(request -> toAnswer(request, asking, exchange))
                                            .toList());
                            return rows.size() > limit
                                    ? page.next(
                                            HelpPages.Place.of(shown.getLast()).text())
                                    : page;
                        }));
    }

    static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "help-not-found");
    }

    static HelpEntry toAnswer(HelpRequest request, Membership asking, ServerWebExchange exchange) {
        var ask = request.ask();
        var standing = HelpRows.Standing.of(request.state());
        var entry = new HelpEntry()
                .id(request.id())
                .householdId(ask.household())
                .kind(HelpKind.fromValue(HelpEvent.word(ask.kind())))
                .urgency(HelpUrgency.fromValue(HelpEvent.word(ask.urgency())))
                .need(ask.need())
                .state(io.linli.dispatch.api.HelpState.fromValue(standing.state()))
                .since(request.since())
                .askedAt(ask.at())
                .askedBy(ask.askedBy())
                .level(HelpLevel.fromValue(HelpEvent.word(request.clock().level())))
                .round(request.round())
                .dueAt(request.due());
        if (isInDanger(request, asking)) {
            var message = EmergencyCall.message(exchange.getRequest().getHeaders());
            entry.emergency(new HelpEmergency(HelpEmergency.CallEnum._120, message));
        }
        return asking.hasAny(COORDINATOR) || asking.member().equals(standing.member())
                ? entry.helper(toHelper(standing))
                : entry;
    }

    private static boolean isInDanger(HelpRequest request, Membership asking) {
        return request.isLifeThreatening()
                && request.isRunning()
                && HelpAccess.of(request, asking).isInDanger();
    }

    private static @Nullable HelpHelper toHelper(HelpRows.Standing standing) {
        return standing.helperKind() == null || standing.reference() == null
                ? null
                : new HelpHelper(HelpHelper.KindEnum.fromValue(standing.helperKind()), standing.reference())
                        .memberId(standing.member());
    }
}
