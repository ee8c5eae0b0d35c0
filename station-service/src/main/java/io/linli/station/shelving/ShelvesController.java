package io.linli.station.shelving;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import io.linli.station.Page;
import io.linli.station.api.NewShelf;
import io.linli.station.api.ShelfKind;
import io.linli.station.api.ShelfPage;
import io.linli.station.api.ShelvesApi;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Shelves over HTTP.
@RestController
class ShelvesController implements ShelvesApi {
    private final Shelves shelves;
    private final Transactions transactions;
    private final Writes writes;

    ShelvesController(Shelves shelves, Transactions transactions, Writes writes) {
        this.shelves = shelves;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Mono<io.linli.station.api.Shelf> addShelf(
            UUID communityId, Mono<NewShelf> newShelf, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return allowed(communityId)
                .then(newShelf)
                .flatMap(asked -> writes.once(
                        exchange, communityId, asked, io.linli.station.api.Shelf.class, () -> add(communityId, asked)));
    }

    private Mono<io.linli.station.api.Shelf> add(UUID community, NewShelf asked) {
        var slots = asked.getLevels() * asked.getPositions();
        var shelf = new Shelf(
                asked.getShelf(), asked.getKind() == ShelfKind.CHILLED, asked.getLevels(), asked.getPositions(), slots);
        return shelves.add(community, shelf)
                .flatMap(added -> added
                        ? Mono.just(toApi(shelf))
                        : Mono.error(Problem.of(HttpStatus.CONFLICT, "shelf-exists", shelf.shelf())));
    }

    @Override
    public Mono<ShelfPage> listShelves(
            UUID communityId, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        return allowed(communityId)
                .then(Mono.defer(() -> {
                    var after = Page.afterNumber(cursor);
                    return transactions.in(communityId, () -> shelves.findPage(communityId, after, limit));
                }))
                .map(found -> Page.of(found, limit, Shelf::shelf))
                .map(page -> new ShelfPage(page.items().stream()
                                .map(ShelvesController::toApi)
                                .toList())
                        .next(page.next()));
    }

    private static Mono<Void> allowed(UUID community) {
        return Caller.current()
                .doOnNext(caller -> caller.as(community, "keeper", "coordinator"))
                .then();
    }

    private static io.linli.station.api.Shelf toApi(Shelf shelf) {
        return new io.linli.station.api.Shelf(
                shelf.shelf(),
                shelf.levels(),
                shelf.positions(),
                shelf.chilled() ? ShelfKind.CHILLED : ShelfKind.AMBIENT,
                shelf.free());
    }
}
