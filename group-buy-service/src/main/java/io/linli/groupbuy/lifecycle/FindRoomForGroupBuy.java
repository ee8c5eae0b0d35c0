package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.capacity.FindRoom;
import io.linli.groupbuy.capacity.Load;
import io.linli.groupbuy.capacity.Room;
import io.linli.groupbuy.lifecycle.Item.Temperature;
import io.linli.kit.data.Transactions;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Asks whether the day of a delivery has room for all that a group buy may bring, beside what others promised for that
/// day. Calls the network: not for use in a transaction.
@Service
public class FindRoomForGroupBuy {
    private static final UUID NONE = new UUID(0, 0);

    /// Beyond it days do not add up; a proposal with one is refused when it is judged.
    private static final LocalDate LAST = LocalDate.of(9999, 12, 1);

    private final FindRoom findRoom;
    private final GroupBuys groupBuys;
    private final Transactions transactions;

    FindRoomForGroupBuy(FindRoom findRoom, GroupBuys groupBuys, Transactions transactions) {
        this.findRoom = findRoom;
        this.groupBuys = groupBuys;
        this.transactions = transactions;
    }

    /// @param id null for one that is only being created
    /// @param authorization the caller's `Authorization` header; null when a timer asks
    public record Question(
            UUID community,
            @Nullable UUID id,
            ZoneId zone,
            Conditions conditions,
            List<Item> items,
            @Nullable String authorization) {

        static Question about(OfferedGroupBuy offered, String authorization) {
            var terms = offered.groupBuy().terms();
            return new Question(
                    terms.community(), terms.id(), terms.zone(), terms.conditions(), offered.items(), authorization);
        }
    }

    public Mono<Room> request(Question question) {
        var day = question.conditions().delivery().day();
        if (day == null || day.isAfter(LAST)) {
            return Mono.just(new Room.Unknown());
        }
        var id = question.id() == null ? NONE : question.id();
        var from = day.atStartOfDay(question.zone()).toInstant();
        var to = day.plusDays(1).atStartOfDay(question.zone()).toInstant();
        return transactions
                .in(question.community(), () -> groupBuys.sumPromised(question.community(), day, id))
                .map(promised -> promised.plus(sum(question.items())))
                .flatMap(load -> findRoom.request(question.community(), from, to, load, question.authorization()));
    }

    private static Load sum(List<Item> items) {
        return items.stream().map(FindRoomForGroupBuy::toLoad).reduce(Load.NONE, Load::plus);
    }

    private static Load toLoad(Item item) {
        var volume = (long) item.stock() * item.packing().volumeMillilitres();
        var weight = (long) item.stock() * item.weightGrams();
        return item.packing().temperature() == Temperature.AMBIENT
                ? new Load(volume, 0, weight)
                : new Load(0, volume, weight);
    }
}
