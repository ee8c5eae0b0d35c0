package io.linli.dispatch.volunteer;

import io.linli.dispatch.Page;
import io.linli.dispatch.api.VolunteerPage;
import io.linli.dispatch.api.VolunteerProfile;
import io.linli.dispatch.api.VolunteerRegistration;
import io.linli.dispatch.api.VolunteersApi;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Volunteers over HTTP.
@RestController
class VolunteersController implements VolunteersApi {

    private final RegisterVolunteer registerVolunteer;
    private final Volunteers volunteers;
    private final Transactions transactions;
    private final Writes writes;

    VolunteersController(
            RegisterVolunteer registerVolunteer, Volunteers volunteers, Transactions transactions, Writes writes) {
        this.registerVolunteer = registerVolunteer;
        this.volunteers = volunteers;
        this.transactions = transactions;
        this.writes = writes;
    }

    private record Asked(Caller caller, VolunteerRegistration body) {
        RegisterVolunteer.Registration registration(UUID community) {
            var member = caller.as(community, "volunteer").member();
            return new RegisterVolunteer.Registration(
                    member, body.getMaxLoadGrams(), orGate(body.getX()), orGate(body.getY()));
        }

        private static double orGate(@Nullable Double metres) {
            return metres == null ? 0 : metres;
        }
    }

    @Override
    public Mono<VolunteerProfile> registerVolunteer(
            UUID communityId,
            Mono<VolunteerRegistration> volunteerRegistration,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Caller.current()
                .flatMap(caller -> volunteerRegistration.map(body -> new Asked(caller, body)))
                .flatMap(asked -> register(communityId, asked, exchange));
    }

    private Mono<VolunteerProfile> register(UUID community, Asked asked, ServerWebExchange exchange) {
        var wanted = asked.registration(community);
        return writes.once(
                exchange,
                community,
                wanted,
                VolunteerProfile.class,
                () -> registerVolunteer.handle(community, wanted).map(VolunteersController::toAnswer));
    }

    @Override
    public Mono<VolunteerProfile> getMyVolunteer(UUID communityId, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "volunteer").member())
                .flatMap(member -> transactions.in(communityId, () -> volunteers.find(communityId, member)))
                .map(VolunteersController::toAnswer)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "volunteer-not-registered")));
    }

    @Override
    public Mono<VolunteerPage> listVolunteers(
            UUID communityId, Integer limit, @Nullable UUID cursor, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "coordinator"))
                .flatMap(_ ->
                        transactions.in(communityId, () -> volunteers.list(communityId, Page.after(cursor), limit + 1)))
                .map(rows -> Page.of(rows, limit, Volunteer::member))
                .map(page -> new VolunteerPage()
                        .items(page.items().stream()
                                .map(VolunteersController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    static VolunteerProfile toAnswer(Volunteer volunteer) {
        var abilities = volunteer.abilities();
        return new VolunteerProfile()
                .memberId(volunteer.member())
                .maxLoadGrams(volunteer.maxLoadGrams())
                .loadGrams(volunteer.loadGrams())
                .x(volunteer.x())
                .y(volunteer.y())
                .skills(toAnswer(abilities.skills()))
                .buildingIds(new LinkedHashSet<>(new TreeSet<>(abilities.buildings())))
                .floorsOnFootMax(abilities.floorsOnFootMax())
                .minutesPerDayMax(abilities.minutesPerDayMax())
                .tripsMax(abilities.tripsMax())
                .busy(volunteer.availability().busy())
                .pausedUntil(volunteer.availability().pausedUntil());
    }

    private static Set<io.linli.dispatch.api.Skill> toAnswer(Set<Skill> skills) {
        return skills.stream()
                .sorted()
                .map(skill -> io.linli.dispatch.api.Skill.valueOf(skill.name()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
