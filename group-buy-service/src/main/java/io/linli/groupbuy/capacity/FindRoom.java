package io.linli.groupbuy.capacity;

import io.linli.groupbuy.capacity.CarryingCapacity.Grams;
import io.linli.groupbuy.capacity.Heard.Said;
import io.linli.groupbuy.capacity.Room.Enough;
import io.linli.groupbuy.capacity.Room.Shortage;
import io.linli.groupbuy.capacity.Room.TooLittle;
import io.linli.groupbuy.capacity.Room.Unknown;
import io.linli.groupbuy.capacity.ShelfSpace.Litres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Asks the station and the volunteers, both at once, whether a load fits into a day. Calls the network: not for use in
/// a transaction.
@Service
public class FindRoom {
    private static final long MILLI = 1000;

    private final ShelfSpace shelfSpace;
    private final CarryingCapacity carryingCapacity;
    private final CapacitySettings settings;

    FindRoom(ShelfSpace shelfSpace, CarryingCapacity carryingCapacity, CapacitySettings settings) {
        this.shelfSpace = shelfSpace;
        this.carryingCapacity = carryingCapacity;
        this.settings = settings;
    }

    /// @param authorization the caller's `Authorization` header; null when a timer asks
    public Mono<Room> request(UUID community, Instant from, Instant to, Load load, @Nullable String authorization) {
        var asker = new Asker(authorization);
        return Mono.zip(
                shelfSpace.request(community, from, asker),
                carryingCapacity.request(community, from, to, asker),
                (space, carrying) -> judge(load, space, carrying));
    }

    private Room judge(Load load, Heard<Litres> space, Heard<Grams> carrying) {
        var shortages = new ArrayList<Shortage>();
        if (space instanceof Said(Litres(var ambient, var chilled))) {
            add(shortages, "ambientLitres", ceil(load.ambientMillilitres()), ambient);
            add(shortages, "chilledLitres", ceil(load.chilledMillilitres()), chilled);
        }
        if (carrying instanceof Said(Grams(var grams))) {
            var carried = Math.multiplyExact(load.grams(), settings.carriedPerMille()) / MILLI;
            add(shortages, "carriedKilograms", ceil(carried), grams / MILLI);
        }
        if (!shortages.isEmpty()) {
            return new TooLittle(shortages);
        }
        return space instanceof Said && carrying instanceof Said ? new Enough() : new Unknown();
    }

    private static void add(ArrayList<Shortage> shortages, String field, long needed, long free) {
        if (needed > free) {
            shortages.add(new Shortage(field, needed, free));
        }
    }

    private static long ceil(long thousandths) {
        return Math.ceilDiv(thousandths, MILLI);
    }
}
