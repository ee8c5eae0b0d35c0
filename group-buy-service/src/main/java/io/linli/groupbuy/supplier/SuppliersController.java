package io.linli.groupbuy.supplier;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.api.NewSupplier;
import io.linli.groupbuy.api.SupplierDetails;
import io.linli.groupbuy.api.SupplierList;
import io.linli.groupbuy.api.SuppliersApi;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class SuppliersController implements SuppliersApi {
    private static final String[] ROLES = {"leader", "coordinator"};

    private final Suppliers suppliers;
    private final Writes writes;
    private final Transactions transactions;
    private final Clock clock;

    SuppliersController(Suppliers suppliers, Writes writes, Transactions transactions, Clock clock) {
        this.suppliers = suppliers;
        this.writes = writes;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Mono<SupplierDetails> addSupplier(
            UUID community, Mono<NewSupplier> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, ROLES))
                .then(body)
                .flatMap(asked ->
                        writes.once(exchange, community, asked, SupplierDetails.class, () -> add(community, asked)));
    }

    @Override
    public Mono<SupplierList> listSuppliers(
            UUID community, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        var request = new Page.Request(limit, cursor);
        return Caller.current()
                .map(caller -> caller.as(community, ROLES))
                .then(transactions.in(community, () -> suppliers.list(community, request)))
                .map(rows -> Page.byId(rows, request, Supplier::id))
                .map(SuppliersController::toList);
    }

    private Mono<SupplierDetails> add(UUID community, NewSupplier asked) {
        var supplier = new Supplier(Ids.next(), asked.getName());
        return suppliers.insert(community, supplier, clock.instant()).map(SuppliersController::toDetails);
    }

    private static SupplierList toList(Page<Supplier> page) {
        return new SupplierList(page.items().stream()
                        .map(SuppliersController::toDetails)
                        .toList())
                .next(page.next());
    }

    private static SupplierDetails toDetails(Supplier supplier) {
        return new SupplierDetails(supplier.id(), supplier.name());
    }
}
