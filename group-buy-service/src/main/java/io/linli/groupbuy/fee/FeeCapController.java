package io.linli.groupbuy.fee;

import io.linli.groupbuy.api.FeeCapApi;
import io.linli.groupbuy.api.FeeCapDetails;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Writes;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class FeeCapController implements FeeCapApi {
    private final FeeCaps feeCaps;
    private final FeeSettings settings;
    private final Transactions transactions;
    private final Writes writes;

    FeeCapController(FeeCaps feeCaps, FeeSettings settings, Transactions transactions, Writes writes) {
        this.feeCaps = feeCaps;
        this.settings = settings;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Mono<FeeCapDetails> getFeeCap(UUID community, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .then(transactions.in(community, () -> feeCaps.get(community)))
                .map(FeeCapController::toDetails);
    }

    @Override
    public Mono<FeeCapDetails> putFeeCap(
            UUID community, Mono<FeeCapDetails> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "coordinator"))
                .then(body)
                .flatMap(asked ->
                        writes.once(exchange, community, asked, FeeCapDetails.class, () -> put(community, asked)));
    }

    private Mono<FeeCapDetails> put(UUID community, FeeCapDetails asked) {
        var courierFen = Objects.requireNonNullElse(asked.getCourierFen(), settings.courierCapFen());
        return feeCaps.put(community, new FeeCap(asked.getFlatFen(), asked.getPerMille(), courierFen))
                .map(FeeCapController::toDetails);
    }

    private static FeeCapDetails toDetails(FeeCap cap) {
        return new FeeCapDetails(cap.flatFen(), cap.perMille()).courierFen(cap.courierFen());
    }
}
