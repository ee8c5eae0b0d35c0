package io.linli.dispatch.help;

import io.linli.dispatch.building.FindHome;
import io.linli.dispatch.building.Home;
import io.linli.dispatch.help.clock.HelpSettings;
import io.linli.dispatch.help.clock.Urgency;
import io.linli.dispatch.help.detail.HelpTexts;
import io.linli.dispatch.help.detail.Medicine;
import io.linli.kit.data.Ids;
import io.linli.kit.web.Membership;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Somebody asks for help: for their own household, as its floor leader, or as a coordinator.
@Component
class AskForHelp {

    private static final int NEED_MAX = 3;

    private final FindHome findHome;
    private final ChangeHelp changeHelp;
    private final HelpTexts texts;
    private final HelpSettings settings;
    private final Clock clock;

    AskForHelp(FindHome findHome, ChangeHelp changeHelp, HelpTexts texts, HelpSettings settings, Clock clock) {
        this.findHome = findHome;
        this.changeHelp = changeHelp;
        this.texts = texts;
        this.settings = settings;
        this.clock = clock;
    }

    /// @param household whom it is for
    /// @param need that of the household where absent
    record Asking(
            Membership by,
            UUID household,
            HelpAsk.Kind kind,
            Urgency urgency,
            @Nullable Integer need,
            String text,
            @Nullable Medicine medicine) {

        boolean isForOwn() {
            return household.toString().equals(by.attributes().get("household"));
        }
    }

    sealed interface Result {
        record Asked(HelpRequest request) implements Result {}

        record HouseholdUnknown() implements Result {}

        record MedicineMisplaced() implements Result {}
    }

    Mono<Result> handle(Asking asking) {
        if (asking.medicine() != null && asking.kind() != HelpAsk.Kind.MEDICINE) {
            return Mono.just(new Result.MedicineMisplaced());
        }
        return findHome.find(asking.household())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(known -> mayAsk(asking, known)
                        ? begin(asking, known).map(Result.Asked::new)
                        : Mono.just(new Result.HouseholdUnknown()));
    }

    /// One's own household may ask before anybody told us of it; of others we must know where they live.
    private static boolean mayAsk(Asking asking, Optional<Home> known) {
        return asking.isForOwn()
                || known.filter(home ->
                                asking.by().hasAny("coordinator") || HelpAccess.leads(asking.by(), home.building()))
                        .isPresent();
    }

    private Mono<HelpRequest> begin(Asking asking, Optional<Home> known) {
        var community = asking.by().community();
        var ask = new HelpAsk(
                asking.household(),
                building(asking, known),
                asking.by().member(),
                asking.kind(),
                asking.urgency(),
                need(asking, known),
                clock.instant());
        var begun = HelpRequest.begin(Ids.next(), community, ask, settings);
        return changeHelp
                .begin(begun)
                .flatMap(request -> texts.add(community, request.id(), asking.text())
                        .then(keepMedicine(request, asking.medicine()))
                        .thenReturn(request));
    }

    private Mono<Void> keepMedicine(HelpRequest request, @Nullable Medicine medicine) {
        return medicine == null ? Mono.empty() : texts.addMedicine(request.community(), request.id(), medicine);
    }

    private static int need(Asking asking, Optional<Home> known) {
        var said = asking.need();
        return said == null ? known.map(AskForHelp::need).orElse(0) : said;
    }

    /// Where one lives oneself the token tells too.
    private static @Nullable UUID building(Asking asking, Optional<Home> known) {
        var own = asking.by().attributes().get("building");
        var told = own == null || !asking.isForOwn() ? null : UUID.fromString(own);
        return known.map(Home::building).orElse(told);
    }

    /// Levels of need begin at 1 where tasks are, here at 0, for none.
    private static int need(Home home) {
        return Math.clamp(home.needLevel() - 1L, 0, NEED_MAX);
    }
}
