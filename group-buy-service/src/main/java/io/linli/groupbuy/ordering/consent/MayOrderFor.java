package io.linli.groupbuy.ordering.consent;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Whether a member may order for a household that is not theirs.
@Service
public class MayOrderFor {
    private final OrderingConsents consents;
    private final Transactions transactions;

    MayOrderFor(OrderingConsents consents, Transactions transactions) {
        this.consents = consents;
        this.transactions = transactions;
    }

    /// A household that lets a member order for it.
    public record Receiver(UUID household, @Nullable UUID building) {}

    /// *Errors:* 403 `ordering-consent-required`.
    public Mono<Receiver> require(UUID community, UUID member, UUID household) {
        return transactions
                .in(community, () -> consents.find(household, member))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.FORBIDDEN, "ordering-consent-required")))
                .map(consent -> new Receiver(consent.household(), consent.building()));
    }
}
