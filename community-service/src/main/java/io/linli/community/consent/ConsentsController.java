package io.linli.community.consent;

import io.linli.community.Page;
import io.linli.community.api.Channel;
import io.linli.community.api.Consent;
import io.linli.community.api.ConsentPage;
import io.linli.community.api.ConsentsApi;
import io.linli.community.api.NewConsent;
import io.linli.community.households.FindHousehold;
import io.linli.community.registry.Acting;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Writes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ConsentsController implements ConsentsApi {
    private final Acting acting;
    private final RecordStationConsent recordStationConsent;
    private final FindHousehold findHousehold;
    private final StationConsents consents;
    private final Transactions transactions;
    private final Writes writes;

    ConsentsController(
            Acting acting,
            RecordStationConsent recordStationConsent,
            FindHousehold findHousehold,
            StationConsents consents,
            Transactions transactions,
            Writes writes) {
        this.acting = acting;
        this.recordStationConsent = recordStationConsent;
        this.findHousehold = findHousehold;
        this.consents = consents;
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public Mono<Consent> setStationDepositConsent(
            UUID communityId,
            UUID householdId,
            Mono<NewConsent> body,
            @Nullable String key,
            ServerWebExchange exchange) {
        return acting.in(communityId)
                .flatMap(actor -> body.flatMap(asked -> writes.once(
                        exchange,
                        communityId,
                        asked,
                        Consent.class,
                        () -> recordStationConsent
                                .handle(
                                        actor,
                                        householdId,
                                        asked.getGranted(),
                                        asked.getChannel().getValue())
                                .map(ConsentsController::toAnswer))));
    }

    @Override
    public Mono<ConsentPage> listConsents(
            UUID communityId, UUID householdId, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        return acting.in(communityId)
                .flatMap(actor -> transactions.in(
                        communityId,
                        () -> findHousehold
                                .getFor(actor, householdId)
                                .flatMap(household ->
                                        consents.findPage(household.id(), Page.before(cursor), limit + 1))))
                .map(found -> Page.of(found, limit, StationConsent::id))
                .map(page -> new ConsentPage(page.items().stream()
                                .map(ConsentsController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    private static Consent toAnswer(StationConsent consent) {
        return new Consent(
                        consent.id(),
                        Consent.PurposeEnum.STATION_DEPOSIT,
                        consent.granted(),
                        Channel.fromValue(consent.channel()),
                        consent.onBehalf(),
                        consent.at())
                .memberId(consent.member());
    }
}
