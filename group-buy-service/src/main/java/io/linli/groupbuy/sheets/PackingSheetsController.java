package io.linli.groupbuy.sheets;

import io.linli.groupbuy.PreparedWrites;
import io.linli.groupbuy.api.PackingSheetsApi;
import io.linli.groupbuy.api.PackingVersion;
import io.linli.groupbuy.api.PackingVersions;
import io.linli.groupbuy.paper.Paperwork;
import io.linli.groupbuy.paper.SheetAnswers;
import io.linli.groupbuy.sheets.PackingTables.By;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class PackingSheetsController implements PackingSheetsApi {
    private final FreezePackingSheet freezePackingSheet;
    private final ReadPackingSheets readPackingSheets;
    private final PreparedWrites writes;
    private final Transactions transactions;
    private final Paperwork paperwork;
    private final SheetAnswers answers;

    PackingSheetsController(
            FreezePackingSheet freezePackingSheet,
            ReadPackingSheets readPackingSheets,
            PreparedWrites writes,
            Transactions transactions,
            Paperwork paperwork,
            SheetAnswers answers) {
        this.freezePackingSheet = freezePackingSheet;
        this.readPackingSheets = readPackingSheets;
        this.writes = writes;
        this.transactions = transactions;
        this.paperwork = paperwork;
        this.answers = answers;
    }

    @Override
    public Mono<PackingVersion> freezePackingSheet(
            UUID community, UUID groupBuy, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(leader -> writes.once(
                        exchange,
                        community,
                        "",
                        PackingVersion.class,
                        () -> freezePackingSheet.findDoors(groupBuy, leader),
                        doors -> freezePackingSheet
                                .handle(groupBuy, leader, doors)
                                .map(PackingSheetsController::toVersion)));
    }

    @Override
    public Mono<PackingVersions> listPackingSheets(UUID community, UUID groupBuy, ServerWebExchange exchange) {
        return reader(community)
                .flatMap(reader -> transactions.in(community, () -> readPackingSheets.list(groupBuy, reader)))
                .map(versions -> new PackingVersions(versions.stream()
                        .map(PackingSheetsController::toVersion)
                        .toList()));
    }

    @Override
    public Mono<Resource> getPackingSheet(
            UUID community,
            UUID groupBuy,
            Integer version,
            String by,
            @Nullable String format,
            ServerWebExchange exchange) {
        SheetAnswers.announce(format, exchange);
        var arranged = By.valueOf(by.toUpperCase(Locale.ROOT));
        return reader(community)
                .flatMap(reader -> transactions.in(community, () -> readPackingSheets.get(groupBuy, version, reader)))
                .flatMap(tables -> answers.print(tables.toSheet(arranged), format, exchange));
    }

    @Override
    public Mono<Resource> getPackingChanges(
            UUID community,
            UUID groupBuy,
            Integer version,
            @Nullable Integer since,
            @Nullable String format,
            ServerWebExchange exchange) {
        SheetAnswers.announce(format, exchange);
        var earlier = since == null ? version - 1 : since;
        return reader(community)
                .flatMap(reader ->
                        transactions.in(community, () -> readPackingSheets.getSlip(groupBuy, version, earlier, reader)))
                .flatMap(slip -> answers.print(slip, format, exchange));
    }

    @Override
    public Mono<Resource> getPackingLabels(UUID community, UUID groupBuy, Integer version, ServerWebExchange exchange) {
        return reader(community)
                .flatMap(reader -> transactions.in(community, () -> readPackingSheets.get(groupBuy, version, reader)))
                .flatMap(tables -> paperwork.print(tables.toLabels()))
                .map(ByteArrayResource::new);
    }

    private static Mono<Membership> reader(UUID community) {
        return Caller.current().map(caller -> caller.in(community));
    }

    private static PackingVersion toVersion(PackingSheets.Version version) {
        return new PackingVersion(version.version(), version.frozenAt(), version.orders(), version.lines());
    }
}
