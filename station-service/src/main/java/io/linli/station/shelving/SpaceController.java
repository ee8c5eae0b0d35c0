package io.linli.station.shelving;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.station.api.ShelfSpace;
import io.linli.station.api.SpaceApi;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What the shelves have room for, over HTTP.
@RestController
class SpaceController implements SpaceApi {
    private final FreeSlots freeSlots;
    private final SpaceSettings settings;
    private final Transactions transactions;
    private final Clock clock;

    SpaceController(FreeSlots freeSlots, SpaceSettings settings, Transactions transactions, Clock clock) {
        this.freeSlots = freeSlots;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Mono<ShelfSpace> getShelfSpace(Instant at, UUID community, ServerWebExchange exchange) {
        return Caller.current().map(caller -> caller.in(community)).then(count(community, at));
    }

    @Override
    public Mono<ShelfSpace> getShelfSpaceInside(UUID community, Instant at, ServerWebExchange exchange) {
        return count(community, at);
    }

    private Mono<ShelfSpace> count(UUID community, Instant at) {
        var cleared = !at.isBefore(clock.instant().plus(settings.clearedAfter()));
        return transactions
                .in(community, () -> freeSlots.count(community, cleared))
                .map(slots -> new ShelfSpace(
                        slots.ambient() * settings.slotLitres(), slots.chilled() * settings.slotLitres()));
    }
}
