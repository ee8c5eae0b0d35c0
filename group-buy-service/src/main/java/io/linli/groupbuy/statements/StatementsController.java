package io.linli.groupbuy.statements;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.AccountKind;
import io.linli.groupbuy.api.LedgerOccasion;
import io.linli.groupbuy.api.StatementEntry;
import io.linli.groupbuy.api.StatementPage;
import io.linli.groupbuy.api.StatementsApi;
import io.linli.groupbuy.lifecycle.CreateGroupBuy;
import io.linli.groupbuy.paper.Sheet;
import io.linli.groupbuy.paper.SheetAnswers;
import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.settlement.Account.Kind;
import io.linli.groupbuy.statements.Statement.Entry;
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
class StatementsController implements StatementsApi {
    private final ReadStatements readStatements;
    private final StatementSettings settings;
    private final Transactions transactions;
    private final SheetAnswers answers;

    StatementsController(
            ReadStatements readStatements,
            StatementSettings settings,
            Transactions transactions,
            SheetAnswers answers) {
        this.readStatements = readStatements;
        this.settings = settings;
        this.transactions = transactions;
        this.answers = answers;
    }

    private record Asked(Account account, Period period, Membership reader, Page.Request page) {}

    @Override
    public Mono<Resource> getStatement(
            LocalDate from,
            LocalDate to,
            UUID community,
            String account,
            UUID owner,
            Integer limit,
            @Nullable String cursor,
            @Nullable String format,
            ServerWebExchange exchange) {
        SheetAnswers.announce(format, exchange);
        return Caller.current()
                .map(caller -> caller.in(community))
                .map(reader -> new Asked(
                        new Account(Kind.of(account), owner),
                        Period.of(from, to, CreateGroupBuy.zoneOf(reader), settings.periodMaxDays()),
                        reader,
                        new Page.Request(limit, cursor)))
                .flatMap(asked ->
                        answers.print(() -> page(community, asked), () -> print(community, asked), format, exchange));
    }

    private Mono<StatementPage> page(UUID community, Asked asked) {
        return transactions
                .in(community, () -> readStatements.page(asked.account(), asked.period(), asked.reader(), asked.page()))
                .map(statement -> toPage(asked, statement));
    }

    private Mono<Sheet> print(UUID community, Asked asked) {
        return transactions
                .in(community, () -> readStatements.print(asked.account(), asked.period(), asked.reader()))
                .map(StatementTable::toSheet);
    }

    private static StatementPage toPage(Asked asked, Statement statement) {
        var page = Page.byPlace(statement.entries(), asked.page(), Entry::place);
        return new StatementPage(
                        AccountKind.valueOf(asked.account().kind().name()),
                        asked.account().owner(),
                        asked.period().from(),
                        asked.period().to(),
                        statement.opening(),
                        statement.closing(),
                        page.items().stream().map(StatementsController::toEntry).toList())
                .next(page.next());
    }

    private static StatementEntry toEntry(Entry entry) {
        return new StatementEntry(
                        entry.at(), LedgerOccasion.valueOf(entry.occasion().name()), entry.fen(), entry.balance())
                .groupBuyId(entry.groupBuy())
                .groupBuyTitle(entry.title())
                .orderId(entry.order())
                .serialNumber(entry.serialNumber());
    }
}
