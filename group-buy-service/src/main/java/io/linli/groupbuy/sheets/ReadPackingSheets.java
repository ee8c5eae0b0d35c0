package io.linli.groupbuy.sheets;

import io.linli.groupbuy.lifecycle.FindGroupBuy;
import io.linli.groupbuy.lifecycle.LedGroupBuy;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Who may read frozen sheets, inside the caller's transaction: those who lead the group buy all of it, keepers of the
/// station without unit and room.
@Service
class ReadPackingSheets {
    private final FindGroupBuy findGroupBuy;
    private final PackingSheets sheets;

    ReadPackingSheets(FindGroupBuy findGroupBuy, PackingSheets sheets) {
        this.findGroupBuy = findGroupBuy;
        this.sheets = sheets;
    }

    /// A sheet and one before it.
    private record Pair(PackingSheet sheet, PackingSheet earlier) {}

    /// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`.
    Mono<List<PackingSheets.Version>> list(UUID groupBuy, Membership reader) {
        return mayRead(groupBuy, reader).then(sheets.list(groupBuy));
    }

    /// *Errors:* those of `list`, 404 `packing-sheet-unknown`.
    Mono<PackingTables> get(UUID groupBuy, int version, Membership reader) {
        return mayRead(groupBuy, reader)
                .flatMap(hidden -> find(groupBuy, version).map(sheet -> new PackingTables(sheet, hidden)));
    }

    /// *Errors:* those of `get`, also for the sheet before.
    Mono<io.linli.groupbuy.paper.Sheet> getSlip(UUID groupBuy, int version, int since, Membership reader) {
        return mayRead(groupBuy, reader)
                .flatMap(hidden -> Mono.zip(find(groupBuy, version), find(groupBuy, since), Pair::new)
                        .map(pair -> new PackingTables(pair.sheet(), hidden).toSlip(pair.earlier())));
    }

    private Mono<PackingSheet> find(UUID groupBuy, int version) {
        return sheets.find(groupBuy, version)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "packing-sheet-unknown", version)));
    }

    /// Whether unit and room stay hidden from this reader.
    private Mono<Boolean> mayRead(UUID groupBuy, Membership reader) {
        return findGroupBuy.handle(groupBuy).map(found -> {
            if (LedGroupBuy.mayLead(found, reader)) {
                return false;
            }
            if (reader.hasAny("keeper")) {
                return true;
            }
            throw Problem.of(HttpStatus.FORBIDDEN, "not-your-group-buy");
        });
    }
}
