package io.linli.groupbuy.sheets.imports;

import io.linli.groupbuy.community.Address;
import io.linli.groupbuy.community.Answer;
import io.linli.groupbuy.community.Community;
import io.linli.groupbuy.community.Match;
import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.groupbuy.paper.Paperwork;
import io.linli.groupbuy.sheets.imports.Header.Shape;
import io.linli.groupbuy.sheets.imports.Imports.Import;
import io.linli.groupbuy.sheets.imports.ReadLines.Line;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Reads a leader's spreadsheet and tells what an import of it would do; nothing is ordered yet. Names and addresses
/// live no longer than this takes.
@Service
class PreviewImport {
    private final LedGroupBuy ledGroupBuy;
    private final FindGroupBuy findGroupBuy;
    private final Paperwork paperwork;
    private final ReadGrid readGrid;
    private final Community community;
    private final Imports imports;
    private final Transactions transactions;
    private final ImportSettings settings;
    private final Clock clock;

    PreviewImport(
            LedGroupBuy ledGroupBuy,
            FindGroupBuy findGroupBuy,
            Paperwork paperwork,
            ReadGrid readGrid,
            Community community,
            Imports imports,
            Transactions transactions,
            ImportSettings settings,
            Clock clock) {
        this.ledGroupBuy = ledGroupBuy;
        this.findGroupBuy = findGroupBuy;
        this.paperwork = paperwork;
        this.readGrid = readGrid;
        this.community = community;
        this.imports = imports;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /// A file as it was understood.
    private record Understood(Shape shape, ReadLines.Result read) {}

    /// A file whose addresses have been looked up.
    record Matched(Shape shape, ReadLines.Result read, Map<Address, Set<Match>> households) {}

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 422 `import-unreadable`, 422 `import-too-large`,
    /// 422 `import-columns-unknown`, 503 `community-unavailable`.
    Mono<Matched> read(UUID groupBuy, Membership leader, byte[] file) {
        return transactions
                .in(leader.community(), () -> ledGroupBuy.get(groupBuy, leader).then(findGroupBuy.withItems(groupBuy)))
                .flatMap(offered -> paperwork.run(() -> understand(file, offered.items())))
                .flatMap(understood -> match(leader.community(), understood));
    }

    private Understood understand(byte[] file, List<Item> items) {
        var grid = readGrid.handle(file);
        var header = Header.find(grid)
                .orElseThrow(() -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "import-columns-unknown"));
        return new Understood(header.shape(), ReadLines.handle(grid, header, items));
    }

    private Mono<Matched> match(UUID here, Understood understood) {
        var addresses = understood.read().lines().stream()
                .map(line -> line.receiver().address())
                .distinct()
                .toList();
        return community
                .requestMatches(here, addresses)
                .map(Answer::required)
                .map(found -> new Matched(understood.shape(), understood.read(), zip(addresses, found)));
    }

    private static Map<Address, Set<Match>> zip(List<Address> addresses, List<Set<Match>> found) {
        var households = new HashMap<Address, Set<Match>>();
        for (var at = 0; at < addresses.size(); at++) {
            households.put(addresses.get(at), found.get(at));
        }
        return households;
    }

    /// *Errors:* 422 `import-too-many-orders`.
    Mono<Import> handle(UUID groupBuy, Membership leader, Matched matched) {
        var expiresAt = clock.instant().plus(Duration.ofMinutes(settings.previewMinutes()));
        List<Line> lines = matched.read().lines();
        return imports.findKnown(groupBuy, ImportPlan.fingerprints(lines, matched.households()))
                .map(known -> limited(ImportPlan.of(
                        matched.shape(),
                        lines,
                        matched.households(),
                        matched.read().errors(),
                        known)))
                .flatMap(plan ->
                        imports.insert(leader.community(), leader.member(), Ids.next(), groupBuy, plan, expiresAt));
    }

    private ImportPlan limited(ImportPlan plan) {
        if (plan.orders().size() > settings.ordersMax()) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "import-too-many-orders", settings.ordersMax());
        }
        var errors = plan.errors().stream().limit(settings.errorsMax()).toList();
        return new ImportPlan(plan.shape(), plan.orders(), errors, plan.duplicates());
    }
}
