package io.linli.groupbuy.statements;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.settlement.Account.Kind;
import io.linli.groupbuy.supplier.FindSupplier;
import io.linli.groupbuy.supplier.Supplier;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Who may read what was posted to an account, inside the caller's transaction: a household and a leader their own,
/// coordinators all of their community.
@Service
@EnableConfigurationProperties(StatementSettings.class)
class ReadStatements {
    private final Statements statements;
    private final FindSupplier findSupplier;
    private final StatementSettings settings;

    ReadStatements(Statements statements, FindSupplier findSupplier, StatementSettings settings) {
        this.statements = statements;
        this.findSupplier = findSupplier;
        this.settings = settings;
    }

    /// *Errors:* 403 `not-your-account`, 404 `account-unknown`, 400 `cursor-invalid`.
    Mono<Statement> page(Account account, Period period, Membership reader, Page.Request page) {
        return findOwner(account, reader).then(Mono.defer(() -> statements.read(account, period, page)));
    }

    /// The whole of it, to be printed.
    ///
    /// *Errors:* those of `page`, 422 `statement-too-long`.
    Mono<StatementTable> print(Account account, Period period, Membership reader) {
        var all = new Page.Request(settings.rowsMax(), null);
        return findOwner(account, reader)
                .flatMap(owner -> statements
                        .read(account, period, all)
                        .doOnNext(this::checkLength)
                        .map(statement -> new StatementTable(account, owner, period, statement)));
    }

    private void checkLength(Statement statement) {
        if (statement.entries().size() > settings.rowsMax()) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "statement-too-long", settings.rowsMax());
        }
    }

    /// The name of its owner, empty where none is known here. An account comes into being with its first posting; but
    /// the own one, those of a community and those of its suppliers are always there.
    private Mono<String> findOwner(Account account, Membership reader) {
        if (isOwn(account, reader)) {
            return Mono.just("");
        }
        if (!reader.hasAny("coordinator")) {
            return Mono.error(() -> Problem.of(HttpStatus.FORBIDDEN, "not-your-account"));
        }
        var found = switch (account.kind()) {
            case HOUSEHOLD, LEADER ->
                statements.isKnown(account).filter(known -> known).map(_ -> "");
            case SUPPLIER -> findSupplier.handle(account.owner()).map(Supplier::name);
            case COURIER, FUND, CLEARING ->
                Mono.just("").filter(_ -> account.owner().equals(reader.community()));
        };
        return found.switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "account-unknown")));
    }

    private static boolean isOwn(Account account, Membership reader) {
        var owner = account.owner();
        return (account.kind() == Kind.LEADER && owner.equals(reader.member()))
                || (account.kind() == Kind.HOUSEHOLD
                        && owner.toString().equals(reader.attributes().get("household")));
    }
}
