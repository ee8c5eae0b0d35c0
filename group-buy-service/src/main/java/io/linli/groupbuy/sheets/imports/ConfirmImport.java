package io.linli.groupbuy.sheets.imports;

import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.groupbuy.ordering.Order.Buyer;
import io.linli.groupbuy.ordering.desk.Ask;
import io.linli.groupbuy.ordering.desk.PlaceTogether;
import io.linli.groupbuy.sheets.imports.ImportPlan.PlannedOrder;
import io.linli.groupbuy.sheets.imports.Imports.Import;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Places all orders of an import or none, for the households that receive them, inside the caller's transaction.
@Service
class ConfirmImport {
    private final LedGroupBuy ledGroupBuy;
    private final Imports imports;
    private final PlaceTogether placeTogether;

    ConfirmImport(LedGroupBuy ledGroupBuy, Imports imports, PlaceTogether placeTogether) {
        this.ledGroupBuy = ledGroupBuy;
        this.imports = imports;
        this.placeTogether = placeTogether;
    }

    /// *Errors:* 404 `import-unknown`, 403 `not-your-group-buy`.
    Mono<Import> get(UUID groupBuy, UUID id, Membership leader, Instant now) {
        return ledGroupBuy
                .get(groupBuy, leader)
                .then(imports.hold(groupBuy, id, now))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "import-unknown")));
    }

    /// How many orders were placed. *Errors:* those of `get`, 409 `import-confirmed`, 409 `import-has-errors`, 409
    /// `import-empty`, 409 `import-repeated`, and those of placing an order.
    Mono<Integer> handle(UUID groupBuy, UUID id, Membership leader, Instant now) {
        return get(groupBuy, id, leader, now)
                .map(ConfirmImport::requirePlan)
                .flatMap(plan -> imports.insertLines(leader.community(), groupBuy, plan.fingerprints())
                        .doOnNext(added -> requireAll(added, plan))
                        .then(place(groupBuy, plan, leader, now)))
                .flatMap(placed -> imports.confirm(id).thenReturn(placed));
    }

    private static ImportPlan requirePlan(Import held) {
        var plan = held.plan().orElseThrow(() -> Problem.of(HttpStatus.CONFLICT, "import-confirmed"));
        if (plan.hasErrors()) {
            throw Problem.of(
                    HttpStatus.CONFLICT, "import-has-errors", plan.errors().size());
        }
        if (plan.orders().isEmpty()) {
            throw Problem.of(HttpStatus.CONFLICT, "import-empty");
        }
        return plan;
    }

    /// Another import of the same rows was confirmed since the preview.
    private static void requireAll(long added, ImportPlan plan) {
        if (added < plan.fingerprints().size()) {
            throw Problem.of(HttpStatus.CONFLICT, "import-repeated");
        }
    }

    private Mono<Integer> place(UUID groupBuy, ImportPlan plan, Membership leader, Instant now) {
        var asks = plan.orders().stream()
                .map(order -> toAsk(groupBuy, order, leader.member()))
                .toList();
        return placeTogether.handle(asks, now);
    }

    private static Ask.Place toAsk(UUID groupBuy, PlannedOrder order, UUID leader) {
        var receiver = order.household();
        var lines = order.lines().stream()
                .map(line -> new Ask.Wish(line.item(), line.quantity()))
                .toList();
        return new Ask.Place(
                groupBuy,
                new Buyer(receiver.householdId(), leader, order.displayName(), true),
                receiver.buildingId(),
                order.doorstep(),
                lines,
                false,
                false);
    }
}
