package io.linli.groupbuy.statements;

import io.linli.groupbuy.lifecycle.GroupBuy;
import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.kit.web.Membership;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Whether the money of a group buy agrees, for those who lead it and coordinators, inside the caller's transaction.
/// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`.
@Service
class ReconcileGroupBuy {
    private final LedGroupBuy ledGroupBuy;
    private final Reconciliations reconciliations;
    private final StatementSettings settings;
    private final Clock clock;

    ReconcileGroupBuy(
            LedGroupBuy ledGroupBuy, Reconciliations reconciliations, StatementSettings settings, Clock clock) {
        this.ledGroupBuy = ledGroupBuy;
        this.reconciliations = reconciliations;
        this.settings = settings;
        this.clock = clock;
    }

    Mono<Reconciliation> handle(UUID groupBuy, Membership reader, int differencesMax) {
        return ledGroupBuy.get(groupBuy, reader).flatMap(found -> read(found, differencesMax));
    }

    Mono<ReconciliationTable> print(UUID groupBuy, Membership reader) {
        return ledGroupBuy
                .get(groupBuy, reader)
                .flatMap(found -> read(found, settings.rowsMax())
                        .map(report -> new ReconciliationTable(found.terms().title(), report)));
    }

    private Mono<Reconciliation> read(GroupBuy groupBuy, int differencesMax) {
        return reconciliations
                .read(List.of(groupBuy.terms().id()), settings.limits(clock.instant(), differencesMax))
                .map(List::getFirst);
    }
}
