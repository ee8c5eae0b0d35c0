package io.linli.dispatch.help;

import io.linli.dispatch.api.HelpDetail;
import io.linli.dispatch.api.HelpDetailsApi;
import io.linli.dispatch.api.HelpLook;
import io.linli.dispatch.api.HelpMedicine;
import io.linli.dispatch.api.HelpRating;
import io.linli.dispatch.help.detail.HelpTexts;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import java.util.UUID;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What of one request is shown to whom.
@RestController
class HelpDetailsController implements HelpDetailsApi {

    private final ReadHelp readHelp;
    private final Transactions transactions;

    HelpDetailsController(ReadHelp readHelp, Transactions transactions) {
        this.readHelp = readHelp;
        this.transactions = transactions;
    }

    @Override
    public Mono<HelpDetail> getHelpRequest(UUID communityId, UUID requestId, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(communityId))
                .flatMap(asking -> transactions
                        .in(communityId, () -> readHelp.find(asking, requestId))
                        .map(seen -> toDetail(seen, asking, exchange)))
                .switchIfEmpty(Mono.error(HelpRequestsController::notFound));
    }

    private static HelpDetail toDetail(ReadHelp.Seen seen, Membership asking, ServerWebExchange exchange) {
        var detail = new HelpDetail()
                .request(HelpRequestsController.toAnswer(seen.request(), asking, exchange))
                .text(seen.text())
                .report(seen.report());
        if (seen.looks() != null) {
            detail.looks(
                    seen.looks().stream().map(HelpDetailsController::toLook).toList());
        }
        var rating = seen.rating();
        return rating == null
                ? detail
                : detail.rating(new HelpRating().stars(rating.stars()).comment(rating.comment()));
    }

    private static HelpLook toLook(HelpTexts.Look look) {
        return new HelpLook().memberId(look.member()).at(look.at());
    }

    @Override
    public Mono<HelpMedicine> getHelpMedicine(UUID communityId, UUID requestId, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(communityId))
                .flatMap(asking -> transactions.in(communityId, () -> readHelp.findMedicine(asking, requestId)))
                .map(medicine -> new HelpMedicine()
                        .what(medicine.what())
                        .fetchAt(medicine.fetchAt())
                        .prescriptionNote(medicine.prescriptionNote()))
                .switchIfEmpty(Mono.error(HelpRequestsController::notFound));
    }
}
