package io.linli.groupbuy.statements;

import io.linli.groupbuy.statements.Reconciliation.Totals;
import io.linli.groupbuy.statements.Reconciliations.Ended;
import java.util.List;

/// What the money of all group buys adds up to whose window ends in a period, and each of them by itself.
record PeriodReconciliation(Period period, List<Part> parts) {

    /// One group buy of them.
    record Part(Ended groupBuy, Reconciliation report) {}

    Totals totals() {
        return parts.stream().map(part -> part.report().totals()).reduce(Totals.NONE, Totals::plus);
    }

    int differenceCount() {
        return parts.stream().mapToInt(part -> part.report().differenceCount()).sum();
    }
}
