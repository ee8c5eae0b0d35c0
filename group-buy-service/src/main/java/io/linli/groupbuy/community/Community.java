package io.linli.groupbuy.community;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.linli.groupbuy.community.Answer.Known;
import io.linli.groupbuy.community.Answer.Refused;
import io.linli.groupbuy.community.Answer.Unavailable;
import io.linli.kit.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Asks community-service with the caller's own token, so that it decides and logs who has seen what. A timer has none
/// and asks at a path to which no gateway leads. *Shape:* `POST …/household-doors`, `…/household-matches`,
/// `…/members/known`, `…/leaders/known`, all of them reads. *Errors:* none; every outcome is an answer.
@Component
@EnableConfigurationProperties(CommunitySettings.class)
public class Community {
    private static final Logger log = LoggerFactory.getLogger(Community.class);
    private static final int ANSWER_BYTES_MAX = 1024 * 1024;

    private final WebClient client;
    private final CircuitBreaker breaker;
    private final CommunitySettings settings;

    Community(WebClient.Builder clients, CircuitBreakerRegistry breakers, CommunitySettings settings) {
        this.client = clients.clone()
                .baseUrl(settings.url())
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(ANSWER_BYTES_MAX))
                .build();
        this.breaker = breakers.circuitBreaker("community");
        this.settings = settings;
    }

    private record DoorsAsked(List<UUID> householdIds) {}

    private record DoorList(List<ListedDoor> items) {}

    private record ListedDoor(UUID householdId, String building, String unit, int floor, String room) {}

    private record AddressesAsked(List<Address> addresses) {}

    private record MatchList(List<Matches> items) {}

    private record Matches(Set<Match> households) {}

    private record MembersAsked(Collection<UUID> memberIds, boolean mayLead) {}

    private record LeadersAsked(List<UUID> memberIds) {}

    private record KnownMembers(Set<UUID> memberIds) {}

    /// Where these households live; who is not known there is left out.
    public Mono<Answer<Map<UUID, Door>>> requestDoors(UUID community, Collection<UUID> households) {
        return inParts(List.copyOf(households))
                .flatMapSequential(
                        part -> ask(community, "household-doors", new DoorsAsked(part), DoorList.class),
                        settings.callsMax())
                .collectList()
                .map(Community::toDoors)
                .onErrorResume(failure -> withoutAnswer("doors", failure));
    }

    /// Who lives at each of these addresses, in their order.
    public Mono<Answer<List<Set<Match>>>> requestMatches(UUID community, List<Address> addresses) {
        return inParts(addresses)
                .flatMapSequential(
                        part -> ask(community, "household-matches", new AddressesAsked(part), MatchList.class),
                        settings.callsMax())
                .collectList()
                .map(answers -> toMatches(answers, addresses.size()))
                .onErrorResume(failure -> withoutAnswer("addresses", failure));
    }

    /// Those of these ids, at most 50, that are members; when asked, only those to whom a group buy may be handed.
    Mono<Answer<Set<UUID>>> requestKnown(UUID community, Collection<UUID> members, boolean mayLead) {
        return ask(community, "members/known", new MembersAsked(members, mayLead), KnownMembers.class)
                .<Answer<Set<UUID>>>map(answer -> new Known<>(answer.memberIds()))
                .onErrorResume(failure -> withoutAnswer("members", failure));
    }

    /// Whether this member may announce a group buy. Needs no caller.
    public Mono<Answer<Boolean>> requestMayAnnounce(UUID community, UUID member) {
        return post(
                        "/internal",
                        community,
                        "leaders/known",
                        new LeadersAsked(List.of(member)),
                        KnownMembers.class,
                        _ -> {})
                .<Answer<Boolean>>map(answer -> new Known<>(answer.memberIds().contains(member)))
                .onErrorResume(failure -> withoutAnswer("leaders", failure));
    }

    private <T> Flux<List<T>> inParts(List<T> all) {
        return Flux.fromIterable(all).buffer(settings.askedMax());
    }

    private <T> Mono<T> ask(UUID community, String what, Object body, Class<T> answer) {
        return token().flatMap(
                        token -> post("/v1", community, what, body, answer, headers -> headers.setBearerAuth(token)));
    }

    private <T> Mono<T> post(
            String root, UUID community, String what, Object body, Class<T> answer, Consumer<HttpHeaders> sign) {
        return client.post()
                .uri(root + "/communities/{community}/" + what, community)
                .headers(sign)
                .bodyValue(body)
                .exchangeToMono(response -> read(response, answer))
                .timeout(Duration.ofMillis(settings.timeoutMillis()))
                .transformDeferred(CircuitBreakerOperator.of(breaker));
    }

    private static <T> Mono<T> read(ClientResponse response, Class<T> answer) {
        return response.statusCode().is2xxSuccessful()
                ? response.bodyToMono(answer)
                        .switchIfEmpty(Mono.error(() -> new IllegalStateException("an answer without a body")))
                : response.createError();
    }

    private static Mono<String> token() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .ofType(JwtAuthenticationToken.class)
                .map(caller -> caller.getToken().getTokenValue())
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("nobody asks")));
    }

    private static Answer<Map<UUID, Door>> toDoors(List<DoorList> answers) {
        var doors = new HashMap<UUID, Door>();
        for (var answer : answers) {
            for (var door : answer.items()) {
                doors.put(door.householdId(), new Door(door.building(), door.unit(), door.floor(), door.room()));
            }
        }
        return new Known<>(doors);
    }

    private static Answer<List<Set<Match>>> toMatches(List<MatchList> answers, int asked) {
        var matches = new ArrayList<Set<Match>>();
        answers.forEach(answer -> answer.items().forEach(each -> matches.add(each.households())));
        if (matches.size() != asked) {
            throw new IllegalStateException("asked for " + asked + " addresses, answered " + matches.size());
        }
        return new Known<>(matches);
    }

    private static <T> Mono<Answer<T>> withoutAnswer(String what, Throwable failure) {
        return failure instanceof WebClientResponseException.Forbidden
                ? Mono.just(new Refused<>())
                : Mono.deferContextual(context -> Trace.on(context, () -> {
                    log.warn("community-service did not answer about {}: {}", what, failure.toString());
                    return Mono.just(new Unavailable<>());
                }));
    }
}
