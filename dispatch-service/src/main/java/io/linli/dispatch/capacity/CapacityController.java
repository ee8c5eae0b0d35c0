package io.linli.dispatch.capacity;

import io.linli.dispatch.api.CapacityApi;
import io.linli.dispatch.api.CarryingCapacity;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What volunteers can carry, over HTTP.
@RestController
class CapacityController implements CapacityApi {

    private static final Duration FURTHEST = Duration.ofDays(400);

    private final ShiftLoads shiftLoads;
    private final Reservations reservations;
    private final CapacitySettings settings;
    private final Transactions transactions;
    private final Clock clock;

    CapacityController(
            ShiftLoads shiftLoads,
            Reservations reservations,
            CapacitySettings settings,
            Transactions transactions,
            Clock clock) {
        this.reservations = reservations;
        this.shiftLoads = shiftLoads;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Mono<CarryingCapacity> getCarryingCapacity(
            Instant from, Instant to, UUID community, ServerWebExchange exchange) {
        check(from, to);
        return Caller.current().map(caller -> caller.in(community)).then(sum(community, from, to));
    }

    @Override
    public Mono<CarryingCapacity> getCarryingCapacityInside(
            UUID community, Instant from, Instant to, ServerWebExchange exchange) {
        check(from, to);
        return sum(community, from, to);
    }

    private Mono<CarryingCapacity> sum(UUID community, Instant from, Instant to) {
        return transactions.in(
                community,
                () -> shiftLoads
                        .sum(community, from, to, settings.trip())
                        .flatMap(total ->
                                reservations.sum(community, from, to).map(reserved -> toAnswer(total, reserved))));
    }

    private static CarryingCapacity toAnswer(ShiftLoads.Sum total, long reserved) {
        var free = Math.max(0, total.grams() - reserved);
        return new CarryingCapacity(total.volunteers(), total.grams(), reserved, free);
    }

    private void check(Instant from, Instant to) {
        var now = clock.instant();
        if (!from.isBefore(to) || from.isBefore(now.minus(FURTHEST)) || to.isAfter(now.plus(FURTHEST))) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "capacity-time-invalid", FURTHEST.toDays());
        }
    }
}
