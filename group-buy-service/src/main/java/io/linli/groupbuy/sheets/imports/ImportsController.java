package io.linli.groupbuy.sheets.imports;

import io.linli.groupbuy.PreparedWrites;
import io.linli.groupbuy.api.ConfirmedImport;
import io.linli.groupbuy.api.ImportDuplicate;
import io.linli.groupbuy.api.ImportError;
import io.linli.groupbuy.api.ImportOrder;
import io.linli.groupbuy.api.ImportPreview;
import io.linli.groupbuy.api.ImportsApi;
import io.linli.groupbuy.api.NewImport;
import io.linli.groupbuy.api.RunningLine;
import io.linli.groupbuy.sheets.imports.ImportPlan.PlannedOrder;
import io.linli.groupbuy.sheets.imports.Imports.Import;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Writes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ImportsController implements ImportsApi {
    private final PreviewImport previewImport;
    private final ConfirmImport confirmImport;
    private final PreparedWrites preparedWrites;
    private final Writes writes;
    private final Transactions transactions;
    private final Clock clock;
    private final ResourceBundleMessageSource texts = new ResourceBundleMessageSource();

    ImportsController(
            PreviewImport previewImport,
            ConfirmImport confirmImport,
            PreparedWrites preparedWrites,
            Writes writes,
            Transactions transactions,
            Clock clock) {
        this.previewImport = previewImport;
        this.confirmImport = confirmImport;
        this.preparedWrites = preparedWrites;
        this.writes = writes;
        this.transactions = transactions;
        this.clock = clock;
        texts.setBasename("problems/groupbuy");
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        texts.setFallbackToSystemLocale(false);
        texts.setAlwaysUseMessageFormat(true);
    }

    private record Asked(Membership leader, byte[] file) {}

    @Override
    public Mono<ImportPreview> previewImport(
            UUID community, UUID groupBuy, Mono<NewImport> body, @Nullable String key, ServerWebExchange exchange) {
        return leader(community)
                .flatMap(leader -> body.map(sent -> new Asked(leader, sent.getFile())))
                .flatMap(asked -> preparedWrites.once(
                        exchange,
                        community,
                        asked.file(),
                        ImportPreview.class,
                        () -> previewImport.read(groupBuy, asked.leader(), asked.file()),
                        matched -> previewImport
                                .handle(groupBuy, asked.leader(), matched)
                                .map(preview -> toPreview(preview, exchange))));
    }

    @Override
    public Mono<ImportPreview> getImport(UUID community, UUID groupBuy, UUID id, ServerWebExchange exchange) {
        return leader(community)
                .flatMap(leader ->
                        transactions.in(community, () -> confirmImport.get(groupBuy, id, leader, clock.instant())))
                .map(preview -> toPreview(preview, exchange));
    }

    @Override
    public Mono<ConfirmedImport> confirmImport(
            UUID community, UUID groupBuy, UUID id, @Nullable String key, ServerWebExchange exchange) {
        var now = clock.instant();
        return leader(community)
                .flatMap(leader -> writes.once(
                        exchange,
                        community,
                        "",
                        ConfirmedImport.class,
                        () -> confirmImport
                                .handle(groupBuy, id, leader, now)
                                .map(placed -> new ConfirmedImport(id, placed))));
    }

    private static Mono<Membership> leader(UUID community) {
        return Caller.current().map(caller -> caller.in(community));
    }

    private ImportPreview toPreview(Import found, ServerWebExchange exchange) {
        var asked = exchange.getLocaleContext().getLocale();
        var locale = asked != null && asked.getLanguage().equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        var preview = new ImportPreview();
        preview.importId(found.id())
                .expiresAt(found.expiresAt())
                .confirmed(found.plan().isEmpty());
        found.plan().ifPresent(plan -> {
            preview.shape(ImportPreview.ShapeEnum.valueOf(plan.shape().name()));
            plan.orders().forEach(order -> preview.addOrdersItem(toOrder(order)));
            plan.errors().forEach(error -> preview.addErrorsItem(toError(error, locale)));
            plan.duplicates()
                    .forEach(each -> preview.addDuplicatesItem(
                            new ImportDuplicate(each.row(), each.name()).firstRow(each.of() == 0 ? null : each.of())));
        });
        return preview;
    }

    private static ImportOrder toOrder(PlannedOrder order) {
        var lines = order.lines().stream()
                .map(line -> new RunningLine(line.name(), line.quantity()))
                .toList();
        return new ImportOrder(
                order.row(),
                order.serial(),
                order.household().householdId(),
                order.displayName(),
                order.doorstep(),
                lines);
    }

    private ImportError toError(CellError error, Locale locale) {
        var slug = error.reason().slug();
        return new ImportError(error.cell(), slug, texts.getMessage(slug, new Object[] {error.text()}, locale));
    }
}
