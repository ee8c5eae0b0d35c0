package io.linli.groupbuy.supplier;

import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Looks a supplier up, inside the caller's transaction; empty when the community has no such supplier.
@Service
public class FindSupplier {
    private final Suppliers suppliers;

    FindSupplier(Suppliers suppliers) {
        this.suppliers = suppliers;
    }

    public Mono<Supplier> handle(UUID id) {
        return suppliers.find(id);
    }
}
