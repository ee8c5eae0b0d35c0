package io.linli.groupbuy.statements;

import io.linli.groupbuy.statements.PeriodReconciliation.Part;
import io.linli.groupbuy.statements.Reconciliations.Ended;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Whether the money of all group buys of a period agrees, inside the caller's transaction: for a coordinator those of
/// the community, for other members those they lead. All of it is of one moment, so it has a limit.
/// *Errors:* 422 `reconciliation-too-long`.
@Service
class ReconcilePeriod {
    private final Reconciliations reconciliations;
    private final StatementSettings settings;
    private final Clock clock;

    ReconcilePeriod(Reconciliations reconciliations, StatementSettings settings, Clock clock) {
        this.reconciliations = reconciliations;
        this.settings = settings;
        this.clock = clock;
    }

    Mono<PeriodReconciliation> handle(Period period, Membership reader, int differencesMax) {
        var leader = reader.hasAny("coordinator") ? null : reader.member();
        return reconciliations
                .list(reader.community(), period, leader, settings.reconciledMax() + 1)
                .doOnNext(this::checkLength)
                .flatMap(ended -> read(ended, differencesMax))
                .map(parts -> new PeriodReconciliation(period, parts));
    }

    Mono<PeriodReconciliation> print(Period period, Membership reader) {
        return handle(period, reader, settings.rowsMax());
    }

    private void checkLength(List<Ended> ended) {
        var orders = ended.stream().mapToLong(Ended::ordersMax).sum();
        if (ended.size() > settings.reconciledMax() || orders > settings.reconciledOrdersMax()) {
            throw Problem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "reconciliation-too-long",
                    settings.reconciledMax(),
                    settings.reconciledOrdersMax());
        }
    }

    private Mono<List<Part>> read(List<Ended> ended, int differencesMax) {
        var ids = ended.stream().map(Ended::id).toList();
        return reconciliations
                .read(ids, settings.limits(clock.instant(), differencesMax))
                .map(reports -> toParts(ended, reports));
    }

    private static List<Part> toParts(List<Ended> ended, List<Reconciliation> reports) {
        return IntStream.range(0, ended.size())
                .mapToObj(index -> new Part(ended.get(index), reports.get(index)))
                .toList();
    }
}
