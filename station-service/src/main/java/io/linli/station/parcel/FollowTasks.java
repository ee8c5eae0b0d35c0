package io.linli.station.parcel;

import io.linli.kit.messaging.ComesEarly;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import io.linli.station.household.Household;
import io.linli.station.household.Households;
import io.linli.station.parcel.Decision.Accepted;
import io.linli.station.parcel.Decision.Rejected;
import io.linli.station.parcel.Decision.Rejection;
import io.linli.station.parcel.Occasion.Actor;
import io.linli.station.parcel.ParcelState.Arrived;
import io.linli.station.parcel.ParcelState.Carrier;
import io.linli.station.parcel.TaskNews.TaskAccepted;
import io.linli.station.parcel.TaskNews.TaskDelivered;
import io.linli.station.parcel.TaskNews.TaskDropUndone;
import io.linli.station.parcel.TaskNews.TaskDropped;
import io.linli.station.parcel.TaskNews.TaskFailed;
import io.linli.station.parcel.TaskNews.TaskReleased;
import io.linli.station.shelving.Shelving;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Follows the volunteers: who may collect a parcel, where it was left, whether it comes back. News that the parcel has
/// overtaken changes nothing.
@Component
class FollowTasks {
    private static final Logger log = LoggerFactory.getLogger(FollowTasks.class);

    private final Parcels parcels;
    private final Households households;
    private final Shelving shelving;
    private final MoveParcels moveParcels;
    private final Clock clock;

    /// A parcel with its household, both locked.
    private record Held(Household household, Parcel parcel) {}

    FollowTasks(Parcels parcels, Households households, Shelving shelving, MoveParcels moveParcels, Clock clock) {
        this.parcels = parcels;
        this.households = households;
        this.shelving = shelving;
        this.moveParcels = moveParcels;
        this.clock = clock;
    }

    @Bean
    Subscription taskSubscription() {
        return Subscription.queue("station.tasks")
                .on("task.accepted.v1", TaskAccepted.class, this::accepted)
                .on("task.released.v1", TaskReleased.class, this::released)
                .on("task.dropped.v1", TaskDropped.class, this::dropped)
                .on("task.drop-undone.v1", TaskDropUndone.class, this::dropUndone)
                .on("task.delivered.v1", TaskDelivered.class, this::delivered)
                .on("task.failed.v1", TaskFailed.class, this::failed);
    }

    private Mono<Void> accepted(Received<TaskAccepted> news) {
        var carrier = new Carrier(news.data().taskId(), news.data().volunteerId());
        return follow(news, volunteer(carrier.member()), _ -> new Command.Assign(carrier, news.occurredAt()));
    }

    private Mono<Void> released(Received<TaskReleased> news) {
        var carrier = new Carrier(news.data().taskId(), news.data().volunteerId());
        return follow(news, volunteer(carrier.member()), _ -> new Command.Release(carrier, news.occurredAt()));
    }

    private Mono<Void> dropped(Received<TaskDropped> news) {
        var data = news.data();
        return follow(
                news,
                volunteer(data.volunteerId()),
                _ -> new Command.Drop(data.taskId(), data.proof().sha256()));
    }

    /// The undoing waits for the drop that it undoes.
    private Mono<Void> dropUndone(Received<TaskDropUndone> news) {
        var task = news.data().taskId();
        return follow(news, volunteer(news.data().volunteerId()), _ -> new Command.TakeBack(task));
    }

    private Mono<Void> delivered(Received<TaskDelivered> news) {
        var by = news.data().confirmedBy();
        return follow(
                news,
                new Actor(by.equals("resident") ? "resident" : "system", null),
                _ -> new Command.Deliver(news.data().taskId(), by));
    }

    private Mono<Void> failed(Received<TaskFailed> news) {
        var data = news.data();
        return follow(
                news,
                volunteer(data.volunteerId()),
                household -> data.collected()
                        ? new Command.BringBack(data.taskId(), news.occurredAt(), data.reason())
                        : new Command.GiveUp(
                                data.taskId(), news.occurredAt(), data.reason(), Intake.recipient(household)));
    }

    private static Actor volunteer(@Nullable UUID member) {
        return new Actor("volunteer", member);
    }

    private interface ToCommand {
        Command of(Household household);
    }

    private Mono<Void> follow(Received<? extends TaskNews> news, Actor actor, ToCommand toCommand) {
        var parcel = news.data().parcelId();
        if (parcel == null) {
            return Mono.empty();
        }
        var occasion = Occasion.heard(news.community(), actor, news.occurredAt(), clock.instant());
        return hold(news.community(), news.data().householdId(), parcel).flatMap(held -> switch (held.parcel()
                .decide(toCommand.of(held.household()))) {
            case Accepted step -> moveParcels.move(List.of(step), occasion).then(shelveAgain(held, step, occasion));
            case Rejected(var rejection)
            when rejection == Rejection.NOT_DROPPED_YET -> Mono.error(new ComesEarly("drop of " + parcel));
            case Rejected rejected -> {
                log.debug(
                        "{} of {} is overtaken: {}", news.type(), held.parcel().id(), rejected.rejection());
                yield Mono.empty();
            }
        });
    }

    private Mono<Held> hold(UUID community, UUID household, UUID parcel) {
        return households
                .lock(community, Set.of(household))
                .mapNotNull(found -> found.get(household))
                .zipWhen(_ -> parcels.lock(community, parcel), Held::new)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("no parcel " + parcel)));
    }

    /// What a volunteer brings back goes onto a shelf at once; without room it waits at the gate.
    private Mono<Void> shelveAgain(Held held, Accepted step, Occasion occasion) {
        var parcel = step.next();
        if (!(parcel.state() instanceof Arrived)) {
            return Mono.empty();
        }
        var intake = Intake.sort(List.of(parcel), Map.of(parcel.householdId(), held.household()), Set.of(), Set.of());
        return shelving.reserve(occasion.community(), intake.loads())
                .flatMap(labels -> moveParcels.move(intake.steps(labels), occasion));
    }
}
