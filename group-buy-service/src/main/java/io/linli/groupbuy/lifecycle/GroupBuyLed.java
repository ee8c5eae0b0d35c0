package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.kit.messaging.Event;
import io.linli.kit.messaging.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/// Who leads a group buy from now on, so that community-service shows them the doors on their packing sheet. *Shape:*
/// the sample `group-buy.led.v1`.
///
/// @param version the higher one holds, whichever is heard first
record GroupBuyLed(UUID groupBuyId, int version, List<UUID> leaderIds, Instant closesAt) {

    /// Of a draft nobody is told: who leads it leads nothing yet.
    static Mono<Void> publish(Outbox outbox, GroupBuy groupBuy) {
        return groupBuy instanceof Draft ? Mono.empty() : outbox.publish(event(groupBuy.terms()));
    }

    private static Event event(Terms terms) {
        var data = new GroupBuyLed(terms.id(), terms.version(), terms.leaders(), terms.closesAt());
        return new Event(terms.community(), "group-buy.led.v1", terms.id(), data);
    }
}
