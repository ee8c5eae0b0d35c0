package io.linli.dispatch.help;

import io.linli.dispatch.help.detail.HelpTexts;
import io.linli.dispatch.help.detail.Medicine;
import io.linli.dispatch.help.detail.Ratings;
import io.linli.kit.web.Membership;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Shows of one request what somebody may see of it; runs inside the caller's transaction.
@Component
class ReadHelp {

    private final HelpPages pages;
    private final HelpTexts texts;
    private final Ratings ratings;
    private final Clock clock;

    ReadHelp(HelpPages pages, HelpTexts texts, Ratings ratings, Clock clock) {
        this.pages = pages;
        this.texts = texts;
        this.ratings = ratings;
        this.clock = clock;
    }

    /// What is absent is not for who asks, or is not there.
    record Seen(
            HelpRequest request,
            @Nullable String text,
            @Nullable String report,
            @Nullable List<HelpTexts.Look> looks,
            Ratings.@Nullable Rating rating) {

        Seen with(HelpTexts.Said said, HelpAccess access) {
            return new Seen(
                    request,
                    access.mayReadText() ? said.text() : null,
                    access.household() ? said.report() : null,
                    looks,
                    rating);
        }

        Seen with(List<HelpTexts.Look> seen) {
            return new Seen(request, text, report, seen, rating);
        }

        Seen with(Ratings.Rating given) {
            return new Seen(request, text, report, looks, given);
        }
    }

    /// Empty for a request that is not there for who asks.
    Mono<Seen> find(Membership asking, UUID id) {
        return pages.find(asking.community(), id).flatMap(request -> {
            var access = HelpAccess.of(request, asking);
            return access.maySee() ? read(request, access) : Mono.empty();
        });
    }

    private Mono<Seen> read(HelpRequest request, HelpAccess access) {
        var bare = new Seen(request, null, null, null, null);
        return texts.find(request.id())
                .map(said -> bare.with(said, access))
                .defaultIfEmpty(bare)
                .flatMap(seen -> withLooks(seen, access))
                .flatMap(this::withRating);
    }

    private Mono<Seen> withLooks(Seen seen, HelpAccess access) {
        return access.household() ? texts.findLooks(seen.request().id()).map(seen::with) : Mono.just(seen);
    }

    private Mono<Seen> withRating(Seen seen) {
        return ratings.find(seen.request().id(), seen.request().round())
                .map(seen::with)
                .defaultIfEmpty(seen);
    }

    /// The look of a helper is kept for the household, in the transaction that shows it.
    Mono<Medicine> findMedicine(Membership asking, UUID id) {
        return pages.find(asking.community(), id).flatMap(request -> {
            var access = HelpAccess.of(request, asking);
            if (!access.mayReadMedicine()) {
                return Mono.empty();
            }
            return texts.findMedicine(id)
                    .flatMap(medicine -> keepLook(request, asking, access).thenReturn(medicine));
        });
    }

    private Mono<Void> keepLook(HelpRequest request, Membership asking, HelpAccess access) {
        return access.household()
                ? Mono.empty()
                : texts.look(request.community(), request.id(), new HelpTexts.Look(asking.member(), clock.instant()));
    }
}
