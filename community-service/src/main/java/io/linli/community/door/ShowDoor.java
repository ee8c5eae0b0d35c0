package io.linli.community.door;

import io.linli.community.CommunitySettings;
import io.linli.community.households.FindHousehold;
import io.linli.community.households.Household;
import io.linli.community.households.Member;
import io.linli.community.privacy.Reveal;
import io.linli.community.privacy.RevealLog;
import io.linli.community.registry.Actor;
import io.linli.community.registry.Role;
import io.linli.kit.data.Ids;
import io.linli.kit.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Shows a door to its own people or to the volunteer whose task for it is open, and writes that down, in
/// the caller's transaction.
@Component
class ShowDoor {
    private final FindHousehold findHousehold;
    private final DoorGrants grants;
    private final RevealLog revealLog;
    private final Duration grantMax;
    private final Duration grace;
    private final Clock clock;

    ShowDoor(
            FindHousehold findHousehold,
            DoorGrants grants,
            RevealLog revealLog,
            CommunitySettings settings,
            Clock clock) {
        this.findHousehold = findHousehold;
        this.grants = grants;
        this.revealLog = revealLog;
        this.grantMax = Duration.ofHours(settings.doorGrantMaxHours());
        this.grace = Duration.ofMinutes(settings.doorGraceMinutes());
        this.clock = clock;
    }

    record Shown(Household household, List<Member> members, boolean own) {}

    /// What lets the actor in.
    private record Pass(String role, @Nullable UUID task, boolean own) {}

    /// *Errors:* 403 `door-closed`, 404 `household-not-found`.
    Mono<Shown> handle(UUID community, Actor actor, UUID household) {
        return findPass(community, actor, household)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.FORBIDDEN, "door-closed")))
                .flatMap(pass -> show(community, actor, household, pass));
    }

    private Mono<Pass> findPass(UUID community, Actor actor, UUID household) {
        if (actor.livesIn(household)) {
            return Mono.just(new Pass("household", null, true));
        }
        if (actor.member() == null || !actor.has(Role.VOLUNTEER)) {
            return Mono.empty();
        }
        var now = clock.instant();
        var since = new DoorGrants.Since(now.minus(grantMax), now.minus(grace));
        return grants.findOpenTask(community, actor.member(), household, since)
                .map(task -> new Pass(Role.VOLUNTEER.text(), task, false));
    }

    private Mono<Shown> show(UUID community, Actor actor, UUID household, Pass pass) {
        var reveal = new Reveal(
                Ids.next(),
                household,
                Reveal.What.DOOR,
                pass.role(),
                actor.account(),
                actor.member(),
                pass.task(),
                clock.instant());
        return findHousehold
                .get(household)
                .flatMap(found -> revealLog
                        .write(community, reveal)
                        .then(findHousehold.findMembers(household))
                        .map(members -> new Shown(found, members, pass.own())));
    }
}
