package io.linli.groupbuy;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Writes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Writes that ask another service or compute for long before they write, which no transaction may wait for. The key is
/// looked at before all that, and again with the effect.
@Component
public class PreparedWrites {
    private final Writes writes;
    private final Transactions transactions;

    PreparedWrites(Writes writes, Transactions transactions) {
        this.writes = writes;
        this.transactions = transactions;
    }

    /// As `Writes.once`, with what `prepare` found out outside any transaction.
    public <P, T> Mono<T> once(
            ServerWebExchange exchange,
            UUID community,
            Object request,
            Class<T> answer,
            Supplier<Mono<P>> prepare,
            Function<P, Mono<T>> effect) {
        return Caller.current()
                .map(caller -> writes.identify(exchange, community, caller, request))
                .flatMap(this::findAnswer)
                .flatMap(answered -> answered.isPresent()
                        ? Mono.justOrEmpty(writes.read(exchange, answered.get(), answer))
                        : prepare.get()
                                .flatMap(prepared -> writes.once(
                                        exchange, community, request, answer, () -> effect.apply(prepared))));
    }

    private Mono<Optional<String>> findAnswer(Writes.Request request) {
        return transactions
                .in(request.community(), () -> writes.claim(List.of(request)))
                .map(claims -> claims.getFirst().decide(request));
    }
}
