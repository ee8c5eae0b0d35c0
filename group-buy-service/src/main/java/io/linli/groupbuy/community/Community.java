package io.linli.groupbuy.community;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.linli.groupbuy.community.Answer.Known;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Asks community-service with the caller's own token, so that it decides and logs who has seen what.
/// *Shape:* `POST …/household-doors`, `…/household-matches`, `…/members/known`, all of them reads. *Errors:* none;
/// every outcome is an
/// answer.
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

    private record MembersAsked(Collection<UUID> memberIds, Collection<String> anyRole) {}

    private record KnownMembers(Set<UUID> memberIds) {}

    /// Where these households live; who is not known there is left out.
    public Mono<Answer<Map<UUID, Door>>> requestDoors(UUID community, Collection<UUID> households) {
        return inParts(List.copyOf(households))
                .flatMapSequential(
                        part -> ask(community, "household-doors", new DoorsAsked(part), DoorList.class),
                        settings.callsMax())
                .collectList()
                .map(Community::toDoors)
                .onErrorResume(failure -> unavailable("doors", failure));
    }

    /// Who lives at each of these addresses, in their order.
    public Mono<Answer<List<Set<Match>>>> requestMatches(UUID community, List<Address> addresses) {
        return inParts(addresses)
                .flatMapSequential(
                        part -> ask(community, "household-matches", new AddressesAsked(part), MatchList.class),
                        settings.callsMax())
                .collectList()
                .map(answers -> toMatches(answers, addresses.size()))
                .onErrorResume(failure -> unavailable("addresses", failure));
    }

    /// Those of these ids, at most 50, that are members with any of the roles; without roles every member counts.
    Mono<Answer<Set<UUID>>> requestKnown(UUID community, Collection<UUID> members, Collection<String> anyRole) {
        return ask(community, "members/known", new MembersAsked(members, anyRole), KnownMembers.class)
                .<Answer<Set<UUID>>>map(answer -> new Known<>(answer.memberIds()))
                .onErrorResume(failure -> unavailable("members", failure));
    }

    private <T> Flux<List<T>> inParts(List<T> all) {
        return Flux.fromIterable(all).buffer(settings.askedMax());
    }

    private <T> Mono<T> ask(UUID community, String what, Object body, Class<T> answer) {
        return token().flatMap(token -> client.post()
                .uri("/v1/communities/{community}/" + what, community)
                .headers(headers -> headers.setBearerAuth(token))
                .bodyValue(body)
                .exchangeToMono(response -> read(response, answer))
                .timeout(Duration.ofMillis(settings.timeoutMillis()))
                .transformDeferred(CircuitBreakerOperator.of(breaker)));
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

    private static <T> Mono<Answer<T>> unavailable(String what, Throwable failure) {
        return Mono.deferContextual(context -> Trace.on(context, () -> {
            log.warn("community-service did not answer about {}: {}", what, failure.toString());
            return Mono.just(new Unavailable<>());
        }));
    }
}
