package io.linli.partner.referral;

import io.linli.kit.messaging.ComesEarly;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Hears from dispatch-service which help requests are referred to whom, and which are taken back.
@Configuration(proxyBeanMethods = false)
class HearReferrals {

    /// What is read of `help.referred.v1`.
    record HelpReferred(
            UUID requestId,
            UUID referralId,
            UUID partnerId,
            String kind,
            String urgency,
            int need,
            String text,
            Instant answerBy) {}

    /// What is read of `help.withdrawn.v1`.
    record HelpWithdrawn(UUID referralId) {}

    @Bean
    Subscription referredHelp(Referrals referrals, AnswerReferral answerReferral) {
        return Subscription.queue("partner.referrals")
                .on("help.referred.v1", HelpReferred.class, heard -> add(heard, referrals))
                .on("help.withdrawn.v1", HelpWithdrawn.class, heard -> withdraw(heard, answerReferral));
    }

    private static Mono<Void> add(Received<HelpReferred> heard, Referrals referrals) {
        var referred = heard.data();
        var need = new Referral.Need(
                referred.kind(), referred.urgency(), referred.need(), referred.text(), referred.answerBy());
        return referrals.add(new Referral(
                referred.referralId(),
                heard.community(),
                referred.requestId(),
                referred.partnerId(),
                need,
                heard.occurredAt(),
                Referral.State.WAITING));
    }

    /// What was answered meanwhile stays as it is.
    private static Mono<Void> withdraw(Received<HelpWithdrawn> heard, AnswerReferral answerReferral) {
        var id = heard.data().referralId();
        return answerReferral
                .handle(heard.community(), null, id, new Referral.Command.Withdraw())
                .switchIfEmpty(Mono.error(() -> new ComesEarly("referral " + id)))
                .then();
    }
}
