package io.linli.partner.referral;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import io.linli.partner.api.ReferralDetail;
import io.linli.partner.api.ReferralPage;
import io.linli.partner.api.ReferralReport;
import io.linli.partner.api.ReferralsApi;
import io.linli.partner.referral.Referral.Command;
import io.linli.partner.referral.Referral.Decision;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What a professional partner sees and answers. No stored answer of a write repeats what the household said.
@RestController
class ReferralsController implements ReferralsApi {
    private static final String PARTNER = "partner";

    private final Referrals referrals;
    private final AnswerReferral answerReferral;
    private final Transactions transactions;
    private final Writes writes;

    ReferralsController(Referrals referrals, AnswerReferral answerReferral, Transactions transactions, Writes writes) {
        this.referrals = referrals;
        this.answerReferral = answerReferral;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Mono<ReferralPage> listReferrals(
            UUID communityId, Integer limit, @Nullable UUID cursor, ServerWebExchange exchange) {
        return partner(communityId)
                .flatMap(partner ->
                        transactions.in(communityId, () -> referrals.list(communityId, partner, cursor, limit + 1)))
                .map(rows -> toPage(rows, limit));
    }

    private static ReferralPage toPage(List<Referral> rows, int limit) {
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        var page = new ReferralPage(
                shown.stream().map(ReferralsController::toAnswer).toList());
        return rows.size() > limit ? page.next(shown.getLast().id()) : page;
    }

    @Override
    public Mono<ReferralDetail> getReferral(UUID communityId, UUID referralId, ServerWebExchange exchange) {
        return partner(communityId)
                .flatMap(
                        partner -> transactions.in(communityId, () -> referrals.find(communityId, partner, referralId)))
                .map(found ->
                        new ReferralDetail(toAnswer(found)).text(found.need().text()))
                .switchIfEmpty(Mono.error(ReferralsController::notFound));
    }

    @Override
    public Mono<io.linli.partner.api.Referral> acceptReferral(
            UUID communityId, UUID referralId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return partner(communityId)
                .flatMap(partner ->
                        answer(new Answer(communityId, partner, referralId, new Command.Accept()), exchange));
    }

    @Override
    public Mono<io.linli.partner.api.Referral> declineReferral(
            UUID communityId, UUID referralId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return partner(communityId)
                .flatMap(partner ->
                        answer(new Answer(communityId, partner, referralId, new Command.Decline()), exchange));
    }

    @Override
    public Mono<io.linli.partner.api.Referral> reportReferral(
            UUID communityId,
            UUID referralId,
            Mono<ReferralReport> referralReport,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return partner(communityId)
                .flatMap(partner -> referralReport.map(
                        report -> new Answer(communityId, partner, referralId, new Command.Report(report.getText()))))
                .flatMap(answer -> answer(answer, exchange));
    }

    /// What a partner says about one of its referrals.
    private record Answer(UUID community, UUID partner, UUID referral, Command command) {}

    private static Mono<UUID> partner(UUID community) {
        return Caller.current().map(caller -> caller.as(community, PARTNER).member());
    }

    private Mono<io.linli.partner.api.Referral> answer(Answer answer, ServerWebExchange exchange) {
        return writes.once(
                exchange,
                answer.community(),
                answer.command(),
                io.linli.partner.api.Referral.class,
                () -> answerReferral
                        .handle(answer.community(), answer.partner(), answer.referral(), answer.command())
                        .switchIfEmpty(Mono.error(ReferralsController::notFound))
                        .map(ReferralsController::toAnswer));
    }

    private static io.linli.partner.api.Referral toAnswer(Decision decision) {
        return switch (decision) {
            case Decision.Changed(var next, var _) -> toAnswer(next);
            case Decision.Rejected(var reason) ->
                throw switch (reason) {
                    case ALREADY_ACCEPTED -> Problem.of(HttpStatus.CONFLICT, "referral-already-accepted");
                    case ENDED -> Problem.of(HttpStatus.CONFLICT, "referral-ended");
                };
        };
    }

    private static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "referral-not-found");
    }

    private static io.linli.partner.api.Referral toAnswer(Referral referral) {
        var need = referral.need();
        return new io.linli.partner.api.Referral(
                referral.id(),
                io.linli.partner.api.Referral.KindEnum.fromValue(need.kind()),
                io.linli.partner.api.Referral.UrgencyEnum.fromValue(need.urgency()),
                need.level(),
                io.linli.partner.api.Referral.StateEnum.fromValue(
                        referral.state().word()),
                referral.referredAt(),
                need.answerBy());
    }
}
