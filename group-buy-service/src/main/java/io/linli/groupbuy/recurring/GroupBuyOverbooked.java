package io.linli.groupbuy.recurring;

import io.linli.groupbuy.capacity.Room.Shortage;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.kit.messaging.Event;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A group buy was announced for a day that has no room for all it may bring. *Shape:* the sample
/// `group-buy.overbooked.v1`. *Units:* as the field of a shortage says.
///
/// @param leaderIds who leads it, and has to do something about it
record GroupBuyOverbooked(
        UUID groupBuyId,
        String title,
        @Nullable LocalDate deliveryDate,
        List<UUID> leaderIds,
        List<Shortage> shortages) {

    static Event event(Terms terms, List<Shortage> shortages) {
        var day = terms.conditions().delivery().day();
        var data = new GroupBuyOverbooked(terms.id(), terms.title(), day, terms.leaders(), shortages);
        return new Event(terms.community(), "group-buy.overbooked.v1", terms.id(), data);
    }
}
