package io.linli.groupbuy.fee;

import io.linli.groupbuy.api.FundShareApi;
import io.linli.groupbuy.api.FundShareDetails;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Writes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class FundShareController implements FundShareApi {
    private final FundShares fundShares;
    private final Transactions transactions;
    private final Writes writes;

    FundShareController(FundShares fundShares, Transactions transactions, Writes writes) {
        this.fundShares = fundShares;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Mono<FundShareDetails> getFundShare(UUID community, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.in(community))
                .then(transactions.in(community, () -> fundShares.get(community)))
                .map(FundShareDetails::new);
    }

    @Override
    public Mono<FundShareDetails> putFundShare(
            UUID community, Mono<FundShareDetails> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "coordinator"))
                .then(body)
                .flatMap(asked -> writes.once(
                        exchange,
                        community,
                        asked,
                        FundShareDetails.class,
                        () -> fundShares.put(community, asked.getPerMille()).map(FundShareDetails::new)));
    }
}
