package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.kit.messaging.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Who leads a group buy from now on, so that community-service shows them the doors on their packing sheet. *Shape:*
/// the
/// sample `group-buy.led.v1`.
///
/// @param version the higher one holds, whichever is heard first
record GroupBuyLed(UUID groupBuyId, int version, List<UUID> leaderIds, Instant closesAt) {

    static Event event(Terms terms) {
        var leaders = Stream.concat(Stream.of(terms.leaderId()), terms.coLeaders().stream())
                .distinct()
                .toList();
        var data = new GroupBuyLed(terms.id(), terms.version(), leaders, terms.closesAt());
        return new Event(terms.community(), "group-buy.led.v1", terms.id(), data);
    }
}
