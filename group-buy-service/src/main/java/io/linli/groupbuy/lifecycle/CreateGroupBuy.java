package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.supplier.FindSupplier;
import io.linli.groupbuy.supplier.Supplier;
import io.linli.kit.data.Ids;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// A leader announces a group buy.
@Service
class CreateGroupBuy {
    private final FindSupplier findSupplier;
    private final GroupBuys groupBuys;
    private final Items items;
    private final GroupBuySettings settings;

    CreateGroupBuy(FindSupplier findSupplier, GroupBuys groupBuys, Items items, GroupBuySettings settings) {
        this.findSupplier = findSupplier;
        this.groupBuys = groupBuys;
        this.items = items;
        this.settings = settings;
    }

    record Command(
            Membership leader,
            UUID supplierId,
            String title,
            Instant opensAt,
            Instant closesAt,
            int minParticipants,
            List<Item> items) {}

    /// *Errors:* 422 `window-invalid`, 422 `item-name-repeated`, 422 `supplier-unknown`.
    Mono<OfferedGroupBuy> handle(Command command, Instant now) {
        checkWindow(command, now);
        checkNames(command.items());
        return findSupplier
                .handle(command.supplierId())
                .switchIfEmpty(Mono.error(() -> refuse("supplier-unknown")))
                .map(supplier -> new OfferedGroupBuy(create(command, supplier, now), command.items()))
                .flatMap(created -> store(created, now));
    }

    private Mono<OfferedGroupBuy> store(OfferedGroupBuy created, Instant now) {
        var terms = created.groupBuy().terms();
        return groupBuys
                .insert(created.groupBuy(), now)
                .then(items.insert(terms.community(), terms.id(), created.items()))
                .thenReturn(created);
    }

    private static GroupBuy create(Command command, Supplier supplier, Instant now) {
        var terms = new GroupBuy.Terms(
                Ids.next(),
                command.leader().community(),
                supplier.id(),
                supplier.name(),
                command.title(),
                command.leader().member(),
                command.opensAt(),
                command.closesAt(),
                command.minParticipants());
        return GroupBuy.create(terms, now);
    }

    private void checkWindow(Command command, Instant now) {
        var longest = Duration.ofDays(settings.windowMaxDays());
        var earliest = now.minus(longest);
        var latest = now.plus(Duration.ofDays(settings.announceMaxDays()));
        if (command.opensAt().isBefore(earliest)
                || command.opensAt().isAfter(latest)
                || !command.closesAt().isAfter(command.opensAt())
                || !command.closesAt().isAfter(now)
                || command.closesAt().isAfter(command.opensAt().plus(longest))) {
            throw refuse("window-invalid", settings.announceMaxDays(), settings.windowMaxDays());
        }
    }

    private static void checkNames(List<Item> items) {
        var names = new HashSet<String>();
        for (var item : items) {
            if (!names.add(item.name())) {
                throw refuse("item-name-repeated", item.name());
            }
        }
    }

    private static Problem refuse(String slug, Object... args) {
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, slug, args);
    }
}
