package io.linli.dispatch.volunteer;

import io.linli.dispatch.CommunityZone;
import io.linli.dispatch.api.AvailabilityChange;
import io.linli.dispatch.api.ProfileChange;
import io.linli.dispatch.api.VolunteerProfile;
import io.linli.dispatch.api.VolunteerProfilesApi;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What volunteers say of themselves, over HTTP.
@RestController
class VolunteerProfilesController implements VolunteerProfilesApi {

    private final ChangeProfile changeProfile;
    private final Volunteers volunteers;
    private final VolunteerSettings settings;
    private final Transactions transactions;
    private final Writes writes;

    VolunteerProfilesController(
            ChangeProfile changeProfile,
            Volunteers volunteers,
            VolunteerSettings settings,
            Transactions transactions,
            Writes writes) {
        this.changeProfile = changeProfile;
        this.volunteers = volunteers;
        this.settings = settings;
        this.transactions = transactions;
        this.writes = writes;
    }

    private record Asked<T>(ChangeProfile.Speaker speaker, T body) {
        static <T> Mono<Asked<T>> of(UUID community, Mono<T> body) {
            return Caller.current()
                    .map(caller -> toSpeaker(caller.as(community, "volunteer")))
                    .flatMap(speaker -> body.map(read -> new Asked<>(speaker, read)));
        }

        private static ChangeProfile.Speaker toSpeaker(Membership membership) {
            return new ChangeProfile.Speaker(membership.community(), membership.member(), CommunityZone.of(membership));
        }
    }

    @Override
    public Mono<VolunteerProfile> changeMyProfile(
            UUID communityId,
            Mono<ProfileChange> profileChange,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Asked.of(communityId, profileChange)
                .flatMap(asked ->
                        write(exchange, asked, () -> changeProfile.change(asked.speaker(), toAbilities(asked.body()))));
    }

    @Override
    public Mono<VolunteerProfile> changeMyAvailability(
            UUID communityId,
            Mono<AvailabilityChange> availabilityChange,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return Asked.of(communityId, availabilityChange)
                .flatMap(asked -> write(
                        exchange, asked, () -> changeProfile.change(asked.speaker(), toAvailability(asked.body()))));
    }

    private Mono<VolunteerProfile> write(
            ServerWebExchange exchange, Asked<?> asked, Supplier<Mono<ChangeProfile.Result>> change) {
        return writes.once(
                exchange,
                asked.speaker().community(),
                asked.body(),
                VolunteerProfile.class,
                () -> change.get().map(this::toAnswer));
    }

    @Override
    public Mono<VolunteerProfile> getVolunteer(UUID communityId, UUID memberId, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(communityId, "coordinator"))
                .flatMap(_ -> transactions.in(communityId, () -> volunteers.find(communityId, memberId)))
                .map(VolunteersController::toAnswer)
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "volunteer-not-found")));
    }

    private VolunteerProfile toAnswer(ChangeProfile.Result result) {
        return switch (result) {
            case ChangeProfile.Result.Done(var volunteer) -> VolunteersController.toAnswer(volunteer);
            case ChangeProfile.Result.NotRegistered _ ->
                throw Problem.of(HttpStatus.CONFLICT, "volunteer-not-registered");
            case ChangeProfile.Result.UnknownBuilding _ ->
                throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "building-unknown");
            case ChangeProfile.Result.Flawed(var flaw) -> throw problem(flaw);
        };
    }

    private Problem problem(Availability.Flaw flaw) {
        var status = HttpStatus.UNPROCESSABLE_CONTENT;
        return switch (flaw) {
            case OVER -> Problem.of(status, "pause-over");
            case TOO_LONG ->
                Problem.of(status, "pause-too-long", settings.pauseMax().toDays());
        };
    }

    private static Abilities toAbilities(ProfileChange body) {
        return new Abilities(
                body.getSkills().stream()
                        .map(skill -> Skill.valueOf(skill.name()))
                        .collect(Collectors.toSet()),
                orNone(body.getBuildingIds()),
                body.getFloorsOnFootMax(),
                body.getMinutesPerDayMax(),
                body.getTripsMax());
    }

    private static Set<UUID> orNone(@Nullable Collection<UUID> buildings) {
        return buildings == null ? Set.of() : Set.copyOf(buildings);
    }

    private static Availability toAvailability(AvailabilityChange body) {
        return new Availability(body.getBusy(), body.getPausedUntil());
    }
}
