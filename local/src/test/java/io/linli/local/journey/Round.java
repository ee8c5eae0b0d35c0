package io.linli.local.journey;

import io.linli.local.client.Answer;
import io.linli.local.client.Api;
import io.linli.local.client.Api.Request;
import io.linli.local.client.Await;
import io.linli.local.client.Dispatch;
import io.linli.local.client.Dispatch.Task;
import io.linli.local.client.GroupBuys;
import io.linli.local.client.GroupBuys.Details;
import io.linli.local.client.GroupBuys.NewGroupBuy;
import io.linli.local.client.GroupBuys.NewItem;
import io.linli.local.client.GroupBuys.NewLine;
import io.linli.local.client.GroupBuys.NewOrder;
import io.linli.local.client.Keys;
import io.linli.local.client.Person;
import io.linli.local.client.Station;
import io.linli.local.client.Station.Parcel;
import io.linli.local.seed.DemoCommunity;
import io.linli.local.system.Progress;
import io.linli.local.system.RunningSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One group buy of the demo community, as the journeys need it.
final class Round {

    static final Duration LIMIT = Duration.ofSeconds(60);

    final DemoCommunity people;
    final GroupBuys groupBuys;
    final Station station;
    final Keys keys = new Keys("journey/" + UUID.randomUUID());

    Round(RunningSystem system) {
        this(new Api(system.gateway()));
    }

    /// @param api through which everybody asks
    Round(Api api) {
        this.people = DemoCommunity.settle(api, new Progress(line -> {}));
        this.groupBuys = new GroupBuys(people.community());
        this.station = new Station(people.community());
    }

    Details open(NewItem... items) {
        var supplier = groupBuys.supplier(people.leader(), "旅程供应商", keys).supplierId();
        var now = Instant.now();
        var title = "旅程 " + UUID.randomUUID();
        var request = new NewGroupBuy(supplier, title, now, now.plusSeconds(3_600), 1, List.of(items));
        return groupBuys.create(people.leader(), request, keys.of("group-buy", title));
    }

    /// A path of the community.
    String path(String rest) {
        return "/v1/communities/" + people.community() + rest;
    }

    static NewItem item(String name, int stock) {
        return new NewItem(name, "件", 700, 1_000, stock, stock);
    }

    static NewOrder one(Details groupBuy, String item, @Nullable Boolean doorstep) {
        return new NewOrder(List.of(new NewLine(groupBuy.item(item).itemId(), 1)), doorstep);
    }

    /// The answer as it came, a refusal too.
    Answer ask(Person resident, Details groupBuy, NewOrder order, String key) {
        return resident.ask(new Request("POST", groupBuys.ordersPath(groupBuy.groupBuyId()), order, key, null));
    }

    /// Any definite answer to any request; a write has a key of its own.
    Answer ask(Person person, String method, String rest, @Nullable Object body) {
        var key = method.equals("GET") ? null : keys.of("ask", UUID.randomUUID());
        return person.ask(new Request(method, path(rest), body, key, null));
    }

    /// A task for this parcel and the volunteer who was asked to do it.
    Offer awaitOffer(UUID parcel) {
        var dispatch = new Dispatch(people.community());
        return Await.until(
                "an offer",
                LIMIT,
                () -> people.volunteers().stream()
                        .flatMap(volunteer ->
                                dispatch.mine(volunteer, "offered").stream().map(task -> new Offer(volunteer, task)))
                        .filter(offer -> parcel.equals(offer.task().parcelId()))
                        .findFirst());
    }

    record Offer(Person volunteer, Task task) {}

    /// Closes, waits for the courier, checks in; the parcels as they then are.
    List<Parcel> receive(Details groupBuy) {
        groupBuys.close(people.leader(), groupBuy.groupBuyId(), keys.of("close", groupBuy.groupBuyId()));
        var consignment = Await.until(
                "the courier",
                LIMIT,
                () -> station.consignment(people.keeper(), groupBuy.groupBuyId())
                        .filter(one -> one.state().equals("arrived")));
        station.checkIn(people.keeper(), consignment.consignmentId(), keys.of("check-in", consignment.consignmentId()));
        return station.parcels(people.keeper(), consignment.consignmentId());
    }

    void awaitOrder(Person resident, UUID order, String state) {
        Await.untilTrue(
                "order " + state,
                LIMIT,
                () -> groupBuys.order(resident, order).state().equals(state));
    }
}
