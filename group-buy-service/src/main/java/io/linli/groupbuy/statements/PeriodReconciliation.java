package io.linli.groupbuy.statements;

import io.linli.groupbuy.statements.Reconciliation.Totals;
import io.linli.groupbuy.statements.Reconciliations.Ended;
import java.util.List;

/// What the money of all group buys adds up to that end in a period, and each of them by itself.
record PeriodReconciliation(Period period, List<Part> parts) {

    /// One group buy of them.
    record Part(Ended groupBuy, Reconciliation report) {}

    Totals totals() {
        return parts.stream().map(part -> part.report().totals()).reduce(Totals.NONE, Totals::plus);
    }

    boolean agrees() {
        return parts.stream().allMatch(part -> part.report().agrees());
    }

    int differenceCount() {
        return parts.stream().mapToInt(part -> part.report().differenceCount()).sum();
    }
}
