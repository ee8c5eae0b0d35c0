package io.linli.kit.messaging;

import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What is parked, and its replay, for operators. *Source:* `openapi/operations.yaml`.
@RestController
@RequestMapping("/v1/operations/parked")
class ParkedController {
    private final Parked parked;
    private final Writes writes;

    record ParkedEvents(List<Parked.Entry> items) {}

    record Replayed(UUID eventId, String queue) {}

    ParkedController(Parked parked, Writes writes) {
        this.parked = parked;
        this.writes = writes;
    }

    @GetMapping
    Mono<ParkedEvents> list(@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return operator().then(parked.list(limit)).map(ParkedEvents::new);
    }

    @PostMapping("/{queue}/{eventId}/replay")
    Mono<Replayed> replay(@PathVariable String queue, @PathVariable UUID eventId, ServerWebExchange exchange) {
        return operator()
                .then(writes.once(exchange, Writes.PLATFORM, "", Replayed.class, () -> replay(queue, eventId)));
    }

    private Mono<Replayed> replay(String queue, UUID eventId) {
        return parked.replay(queue, eventId)
                .filter(replayed -> replayed > 0)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "nothing-parked")))
                .thenReturn(new Replayed(eventId, queue));
    }

    private static Mono<Caller> operator() {
        return Caller.current().map(caller -> caller.requireScope("operator"));
    }
}
