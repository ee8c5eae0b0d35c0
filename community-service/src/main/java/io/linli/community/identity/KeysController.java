package io.linli.community.identity;

import io.linli.community.api.Key;
import io.linli.community.api.KeySet;
import io.linli.community.api.KeysApi;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class KeysController implements KeysApi {
    private static final Duration CACHED = Duration.ofMinutes(5);

    private final SigningKey signingKey;

    KeysController(SigningKey signingKey) {
        this.signingKey = signingKey;
    }

    @Override
    public Mono<KeySet> getKeys(ServerWebExchange exchange) {
        exchange.getResponse()
                .getHeaders()
                .setCacheControl(CacheControl.maxAge(CACHED).cachePublic());
        var key = signingKey.publicKey();
        return Mono.just(new KeySet(List.of(new Key(
                Key.KtyEnum.EC,
                Key.CrvEnum.P_256,
                key.getX().toString(),
                key.getY().toString(),
                key.getKeyID(),
                Key.AlgEnum.ES256,
                Key.UseEnum.SIG))));
    }
}
