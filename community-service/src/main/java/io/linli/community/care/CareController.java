package io.linli.community.care;

import io.linli.community.api.Care;
import io.linli.community.api.CareApi;
import io.linli.community.api.CareNeeds;
import io.linli.community.registry.Acting;
import io.linli.kit.web.Writes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class CareController implements CareApi {
    private final Acting acting;
    private final SetCare setCare;
    private final Writes writes;

    CareController(Acting acting, SetCare setCare, Writes writes) {
        this.acting = acting;
        this.setCare = setCare;
        this.writes = writes;
    }

    @Override
    public Mono<Care> setCare(
            UUID communityId,
            UUID householdId,
            Mono<CareNeeds> body,
            @Nullable String key,
            ServerWebExchange exchange) {
        return acting.in(communityId)
                .flatMap(actor -> body.flatMap(asked -> writes.once(
                        exchange,
                        communityId,
                        asked,
                        Care.class,
                        () -> setCare.handle(actor, householdId, toCare(asked)).map(CareController::toAnswer))));
    }

    private static io.linli.community.households.CareNeeds toCare(CareNeeds asked) {
        return new io.linli.community.households.CareNeeds(
                asked.getMobility(), asked.getQuarantine(), asked.getFrail());
    }

    private static Care toAnswer(io.linli.community.households.CareNeeds care) {
        return new Care(care.mobility(), care.quarantine(), care.frail(), care.doorstep());
    }
}
