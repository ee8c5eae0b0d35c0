package io.linli.groupbuy.statements;

import io.linli.groupbuy.api.MoneyDifference;
import io.linli.groupbuy.api.PeriodReport;
import io.linli.groupbuy.api.ReconciliationApi;
import io.linli.groupbuy.api.ReconciliationReport;
import io.linli.groupbuy.api.ReconciliationTotals;
import io.linli.groupbuy.api.ReportOfPeriod;
import io.linli.groupbuy.lifecycle.CreateGroupBuy;
import io.linli.groupbuy.paper.Sheet;
import io.linli.groupbuy.paper.SheetAnswers;
import io.linli.groupbuy.statements.Reconciliation.Difference;
import io.linli.groupbuy.statements.Reconciliation.Totals;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ReconciliationController implements ReconciliationApi {
    private static final int DIFFERENCES_MAX = 200;

    private final ReconcileGroupBuy reconcileGroupBuy;
    private final ReconcilePeriod reconcilePeriod;
    private final StatementSettings settings;
    private final Transactions transactions;
    private final SheetAnswers answers;

    ReconciliationController(
            ReconcileGroupBuy reconcileGroupBuy,
            ReconcilePeriod reconcilePeriod,
            StatementSettings settings,
            Transactions transactions,
            SheetAnswers answers) {
        this.reconcileGroupBuy = reconcileGroupBuy;
        this.reconcilePeriod = reconcilePeriod;
        this.settings = settings;
        this.transactions = transactions;
        this.answers = answers;
    }

    @Override
    public Mono<Resource> getReconciliation(
            UUID community, UUID groupBuy, @Nullable String format, ServerWebExchange exchange) {
        SheetAnswers.announce(format, exchange);
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(reader ->
                        answers.print(() -> report(groupBuy, reader), () -> print(groupBuy, reader), format, exchange));
    }

    private Mono<ReconciliationReport> report(UUID groupBuy, Membership reader) {
        return transactions
                .in(reader.community(), () -> reconcileGroupBuy.handle(groupBuy, reader, DIFFERENCES_MAX))
                .map(ReconciliationController::toReport);
    }

    private Mono<Sheet> print(UUID groupBuy, Membership reader) {
        return transactions
                .in(reader.community(), () -> reconcileGroupBuy.print(groupBuy, reader))
                .map(ReconciliationTable::toSheet);
    }

    private record Asked(Period period, Membership reader) {}

    @Override
    public Mono<Resource> getPeriodReconciliation(
            LocalDate from, LocalDate to, UUID community, @Nullable String format, ServerWebExchange exchange) {
        SheetAnswers.announce(format, exchange);
        return Caller.current()
                .map(caller -> caller.in(community))
                .map(reader ->
                        new Asked(Period.of(from, to, CreateGroupBuy.zoneOf(reader), settings.periodMaxDays()), reader))
                .flatMap(asked -> answers.print(() -> report(asked), () -> print(asked), format, exchange));
    }

    private Mono<PeriodReport> report(Asked asked) {
        return transactions
                .in(
                        asked.reader().community(),
                        () -> reconcilePeriod.handle(asked.period(), asked.reader(), DIFFERENCES_MAX))
                .map(ReconciliationController::toReport);
    }

    private Mono<Sheet> print(Asked asked) {
        return transactions
                .in(asked.reader().community(), () -> reconcilePeriod.print(asked.period(), asked.reader()))
                .map(report -> new PeriodReconciliationTable(report).toSheet());
    }

    private static PeriodReport toReport(PeriodReconciliation report) {
        return new PeriodReport(
                report.period().from(),
                report.period().to(),
                toTotals(report.totals()),
                report.agrees(),
                report.differenceCount(),
                report.parts().stream()
                        .map(part -> new ReportOfPeriod(
                                part.groupBuy().title(), part.groupBuy().endedAt(), toReport(part.report())))
                        .toList());
    }

    private static ReconciliationReport toReport(Reconciliation report) {
        var differences = report.differences().stream()
                .map(ReconciliationController::toDifference)
                .toList();
        return new ReconciliationReport(
                report.groupBuy(), toTotals(report.totals()), report.agrees(), report.differenceCount(), differences);
    }

    private static ReconciliationTotals toTotals(Totals totals) {
        return new ReconciliationTotals(
                totals.orders(),
                totals.ordered(),
                totals.charged(),
                totals.paid(),
                totals.refunded(),
                totals.refundPending(),
                totals.owedBack(),
                totals.owedByLeader(),
                totals.outstanding(),
                totals.cashHeld(),
                totals.supplierDue(),
                totals.leaderFee(),
                totals.fundShare(),
                totals.courierShare());
    }

    private static MoneyDifference toDifference(Difference difference) {
        return new MoneyDifference(
                        MoneyDifference.WhatEnum.valueOf(difference.what().name()),
                        difference.expected(),
                        difference.found())
                .orderId(difference.order())
                .serialNumber(difference.serialNumber());
    }
}
