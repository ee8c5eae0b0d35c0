package io.linli.groupbuy.recurring;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.capacity.Room;
import io.linli.groupbuy.lifecycle.Conditions;
import io.linli.groupbuy.lifecycle.Conditions.Delivery;
import io.linli.groupbuy.lifecycle.CreateGroupBuy;
import io.linli.groupbuy.lifecycle.FindRoomForGroupBuy;
import io.linli.groupbuy.lifecycle.FindRoomForGroupBuy.Question;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.lifecycle.OfferedGroupBuy;
import io.linli.groupbuy.lifecycle.Proposal;
import io.linli.kit.data.Ids;
import io.linli.kit.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Offers again what was offered before, at another time, inside the caller's transaction. Nothing of it is sold yet.
@Service
class CopyGroupBuy {
    private final CreateGroupBuy createGroupBuy;
    private final FindRoomForGroupBuy findRoom;
    private final GroupBuySettings settings;

    CopyGroupBuy(CreateGroupBuy createGroupBuy, FindRoomForGroupBuy findRoom, GroupBuySettings settings) {
        this.createGroupBuy = createGroupBuy;
        this.findRoom = findRoom;
        this.settings = settings;
    }

    /// Whether the day on which such a copy is delivered has room for it. Calls the network: not for use in a
    /// transaction.
    Mono<Room> requestRoom(OfferedGroupBuy source, Instant opensAt) {
        var terms = source.groupBuy().terms();
        var copy = toProposal(source, opensAt);
        return findRoom.request(
                new Question(terms.community(), null, terms.zone(), copy.conditions(), copy.items(), null));
    }

    /// *Errors:* those of creating a group buy.
    Mono<OfferedGroupBuy> asDraft(OfferedGroupBuy source, UUID leader, Instant opensAt, Instant now) {
        return handle(source, leader, opensAt, new Offer(true, new Room.Unknown()), now);
    }

    /// *Errors:* those of creating a group buy, but for want of room.
    Mono<OfferedGroupBuy> announced(OfferedGroupBuy source, UUID leader, Instant opensAt, Room room, Instant now) {
        return handle(source, leader, opensAt, new Offer(false, room.unrefused()), now);
    }

    private record Offer(boolean draft, Room room) {}

    private Mono<OfferedGroupBuy> handle(
            OfferedGroupBuy source, UUID leader, Instant opensAt, Offer offer, Instant now) {
        if (isFar(opensAt, now)) {
            return Mono.error(() -> Problem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "window-invalid",
                    settings.announceMaxDays(),
                    settings.windowMaxDays()));
        }
        var terms = source.groupBuy().terms();
        var command = new CreateGroupBuy.Command(
                terms.community(), leader, terms.zone(), toProposal(source, opensAt), offer.draft(), offer.room());
        return createGroupBuy.handle(command, now);
    }

    /// So far off that local times may not add up; nearer ones are judged with the rest.
    private boolean isFar(Instant opensAt, Instant now) {
        var farthest = Duration.ofDays(settings.announceMaxDays() + settings.windowMaxDays());
        return opensAt.isAfter(now.plus(farthest)) || opensAt.isBefore(now.minus(farthest));
    }

    private static Proposal toProposal(OfferedGroupBuy source, Instant opensAt) {
        var terms = source.groupBuy().terms();
        var window = Shifted.to(opensAt, terms);
        return new Proposal(
                terms.supplierId(),
                terms.title(),
                window.opensAt(),
                window.closesAt(),
                terms.minParticipants(),
                deliveredOn(window, terms.conditions()),
                terms.coLeaders(),
                source.items().stream().map(CopyGroupBuy::anew).toList());
    }

    private static Conditions deliveredOn(Shifted window, Conditions conditions) {
        var delivery = conditions.delivery();
        return new Conditions(
                new Delivery(delivery.stationId(), window.deliveryDay(), delivery.buildings()),
                conditions.payment(),
                conditions.fee(),
                conditions.shares(),
                conditions.kind(),
                conditions.policy(),
                conditions.minAmountFen(),
                conditions.minCases());
    }

    private static Item anew(Item item) {
        return new Item(
                Ids.next(),
                item.name(),
                item.unit(),
                item.weightGrams(),
                item.priceFen(),
                item.stock(),
                0,
                item.limitPerHousehold(),
                item.packing(),
                item.tiers());
    }
}
