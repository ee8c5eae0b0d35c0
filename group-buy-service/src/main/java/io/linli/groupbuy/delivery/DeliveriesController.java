package io.linli.groupbuy.delivery;

import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.api.ArrivedItem;
import io.linli.groupbuy.api.DeliveriesApi;
import io.linli.groupbuy.api.NewDelivery;
import io.linli.groupbuy.api.RecordedDelivery;
import io.linli.groupbuy.delivery.Count.Counted;
import io.linli.groupbuy.delivery.RecordDelivery.Command;
import io.linli.groupbuy.delivery.RecordDelivery.Recorded;
import io.linli.groupbuy.ordering.ShortenedOrder;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class DeliveriesController implements DeliveriesApi {
    private final RecordDelivery recordDelivery;
    private final Writes writes;
    private final Clock clock;

    DeliveriesController(RecordDelivery recordDelivery, Writes writes, Clock clock) {
        this.recordDelivery = recordDelivery;
        this.writes = writes;
        this.clock = clock;
    }

    private record Asked(Membership by, NewDelivery body) {}

    @Override
    public Mono<RecordedDelivery> recordDelivery(
            UUID community, UUID groupBuy, Mono<NewDelivery> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(by -> body.map(told -> new Asked(by, told)))
                .flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked.body(),
                        RecordedDelivery.class,
                        () -> recordDelivery
                                .handle(toCommand(groupBuy, asked), clock.instant())
                                .map(DeliveriesController::toAnswer)));
    }

    private static Command toCommand(UUID groupBuy, Asked asked) {
        var arrivals = asked.body().getLines().stream()
                .map(line -> new Arrival(
                        line.getItemId(), line.getArrived(), Objects.requireNonNullElse(line.getDamaged(), 0)))
                .toList();
        return new Command(groupBuy, asked.by(), arrivals);
    }

    private static RecordedDelivery toAnswer(Recorded recorded) {
        var items = recorded.count().items().stream()
                .map(counted -> toItem(counted, recorded))
                .toList();
        var lessFen =
                recorded.shortened().stream().mapToLong(ShortenedOrder::lessFen).reduce(0, Math::addExact);
        return new RecordedDelivery(
                recorded.count().offered().groupBuy().terms().id(),
                items,
                recorded.shortened().size(),
                lessFen,
                recorded.refundedFen());
    }

    private static ArrivedItem toItem(Counted counted, Recorded recorded) {
        var granted = recorded.made().stream()
                .map(AllocationRun::head)
                .filter(head -> head.item().equals(counted.item().id()))
                .map(AllocationRun.Head::granted)
                .findFirst()
                .orElse(counted.granted());
        return new ArrivedItem(
                counted.item().id(),
                counted.item().name(),
                counted.expected(),
                counted.arrival().arrived(),
                counted.arrival().damaged(),
                granted);
    }
}
