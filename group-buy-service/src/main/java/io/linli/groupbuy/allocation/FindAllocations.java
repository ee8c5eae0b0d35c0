package io.linli.groupbuy.allocation;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.allocation.AllocationRun.Head;
import io.linli.kit.web.Problem;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Reads how it was decided who gets what, inside the caller's transaction; who may see it the caller has to know.
@Service
public class FindAllocations {
    private final Allocations allocations;

    FindAllocations(Allocations allocations) {
        this.allocations = allocations;
    }

    /// All runs of a group buy, newest first.
    public Mono<List<Head>> list(UUID groupBuy, Page.Request page) {
        return allocations.list(groupBuy, page);
    }

    /// *Errors:* 404 `allocation-unknown`.
    public Mono<AllocationRun> get(UUID groupBuy, UUID id) {
        return allocations
                .find(groupBuy, id)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "allocation-unknown")));
    }

    /// What counts now for these items; none before the close.
    public Mono<List<AllocationRun>> listNewest(Collection<UUID> items) {
        return allocations.listNewest(items);
    }
}
