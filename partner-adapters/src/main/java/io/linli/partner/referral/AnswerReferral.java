package io.linli.partner.referral;

import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import io.linli.partner.referral.Referral.Command;
import io.linli.partner.referral.Referral.Decision;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A command on a referral: decided, stored, and told. Runs inside the caller's transaction.
@Component
class AnswerReferral {
    private final Referrals referrals;
    private final Outbox outbox;

    AnswerReferral(Referrals referrals, Outbox outbox) {
        this.referrals = referrals;
        this.outbox = outbox;
    }

    /// Empty when there is no such referral, or none of this partner where one is named.
    Mono<Decision> handle(UUID community, @Nullable UUID partner, UUID id, Command command) {
        return referrals.lock(community, partner, id).flatMap(referral -> store(referral.decide(command)));
    }

    private Mono<Decision> store(Decision decision) {
        return switch (decision) {
            case Decision.Rejected _ -> Mono.just(decision);
            case Decision.Changed(var next, var events) ->
                referrals
                        .save(next)
                        .then(outbox.publish(events.stream()
                                .map(event ->
                                        new Event(next.community(), ReferralAnswered.TYPE, event.referralId(), event))
                                .toList()))
                        .thenReturn(decision);
        };
    }
}
