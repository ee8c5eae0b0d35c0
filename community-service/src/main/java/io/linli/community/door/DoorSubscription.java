package io.linli.community.door;

import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Opens a door to the volunteer who accepted its task, and closes it again; keeps who leads which group buy and for
/// whom it was formed.
@Configuration(proxyBeanMethods = false)
class DoorSubscription {
    private final DoorGrants grants;
    private final GroupBuyLeads leads;

    DoorSubscription(DoorGrants grants, GroupBuyLeads leads) {
        this.grants = grants;
        this.leads = leads;
    }

    /// A task of any kind; only some carry a parcel.
    record Task(UUID taskId, @Nullable UUID parcelId, UUID householdId, UUID volunteerId) {
        DoorGrants.Grant grant() {
            return new DoorGrants.Grant(taskId, parcelId, householdId, volunteerId);
        }
    }

    record Parcel(UUID parcelId) {}

    record NotFormed(UUID groupBuyId) {}

    @Bean
    Subscription doors() {
        return Subscription.queue("community.doors")
                .on("group-buy.led.v1", GroupBuyLeads.Led.class, this::lead)
                .on("group-buy.formed.v1", GroupBuyLeads.Formed.class, this::form)
                .on("group-buy.failed.v1", NotFormed.class, this::drop)
                .on("group-buy.cancelled.v1", NotFormed.class, this::drop)
                .on("task.accepted.v1", Task.class, this::open)
                .on("task.released.v1", Task.class, this::close)
                .on("task.dropped.v1", Task.class, this::handOver)
                .on("task.drop-undone.v1", Task.class, this::undo)
                .on("task.delivered.v1", Task.class, this::endTask)
                .on("task.failed.v1", Task.class, this::endTask)
                .on("parcel.handed-over.v1", Parcel.class, this::endParcel)
                .on("parcel.failed.v1", Parcel.class, this::endParcel);
    }

    private Mono<Void> lead(Received<GroupBuyLeads.Led> led) {
        return leads.keep(led.community(), led.data());
    }

    private Mono<Void> form(Received<GroupBuyLeads.Formed> formed) {
        return leads.form(formed.community(), formed.data(), formed.occurredAt());
    }

    private Mono<Void> drop(Received<NotFormed> ended) {
        return leads.drop(ended.community(), ended.data().groupBuyId());
    }

    private Mono<Void> open(Received<Task> accepted) {
        return grants.open(accepted.community(), accepted.data().grant(), accepted.occurredAt());
    }

    private Mono<Void> close(Received<Task> released) {
        return grants.close(released.community(), released.data().grant(), released.occurredAt());
    }

    private Mono<Void> handOver(Received<Task> dropped) {
        return grants.handOver(dropped.community(), dropped.data().grant(), dropped.occurredAt());
    }

    private Mono<Void> undo(Received<Task> undone) {
        return grants.undo(undone.community(), undone.data().grant(), undone.occurredAt());
    }

    private Mono<Void> endTask(Received<Task> ended) {
        return grants.end(ended.community(), ended.data().taskId());
    }

    private Mono<Void> endParcel(Received<Parcel> gone) {
        return grants.end(gone.community(), gone.data().parcelId());
    }
}
