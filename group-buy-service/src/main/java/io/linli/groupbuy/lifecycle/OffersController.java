package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.allocation.Policy;
import io.linli.groupbuy.api.GroupBuyDetails;
import io.linli.groupbuy.api.NewGroupBuy;
import io.linli.groupbuy.api.NewItem;
import io.linli.groupbuy.api.OffersApi;
import io.linli.groupbuy.api.PriceTier;
import io.linli.groupbuy.capacity.Room;
import io.linli.groupbuy.lifecycle.Conditions.Delivery;
import io.linli.groupbuy.lifecycle.Conditions.Fee;
import io.linli.groupbuy.lifecycle.Conditions.Kind;
import io.linli.groupbuy.lifecycle.Conditions.PaymentMode;
import io.linli.groupbuy.lifecycle.Conditions.Shares;
import io.linli.groupbuy.lifecycle.FindRoomForGroupBuy.Question;
import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.Item.Packing;
import io.linli.groupbuy.lifecycle.Item.Temperature;
import io.linli.groupbuy.lifecycle.Item.Tier;
import io.linli.groupbuy.lifecycle.LeadGroupBuy.Basis;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import io.linli.kit.web.Writes;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Writing offers over HTTP.
@RestController
class OffersController implements OffersApi {
    private static final Pattern VERSION = Pattern.compile("\"(0|[1-9][0-9]{0,8})\"");

    private final CreateGroupBuy createGroupBuy;
    private final LeadGroupBuy leadGroupBuy;
    private final FindGroupBuy findGroupBuy;
    private final FindRoomForGroupBuy findRoom;
    private final Transactions transactions;
    private final Writes writes;
    private final Clock clock;

    OffersController(
            CreateGroupBuy createGroupBuy,
            LeadGroupBuy leadGroupBuy,
            FindGroupBuy findGroupBuy,
            FindRoomForGroupBuy findRoom,
            Transactions transactions,
            Writes writes,
            Clock clock) {
        this.createGroupBuy = createGroupBuy;
        this.leadGroupBuy = leadGroupBuy;
        this.findGroupBuy = findGroupBuy;
        this.findRoom = findRoom;
        this.transactions = transactions;
        this.writes = writes;
        this.clock = clock;
    }

    private record Asked(Membership by, NewGroupBuy body) {}

    @Override
    public Mono<GroupBuyDetails> createGroupBuy(
            UUID community, Mono<NewGroupBuy> body, @Nullable String key, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.as(community, "leader"))
                .flatMap(leader -> body.map(asked -> new Asked(leader, asked)))
                .flatMap(asked -> create(asked, exchange));
    }

    private Mono<GroupBuyDetails> create(Asked asked, ServerWebExchange exchange) {
        var leader = asked.by();
        var proposal = toProposal(asked.body());
        var draft = Boolean.TRUE.equals(asked.body().getDraft());
        var zone = CreateGroupBuy.zoneOf(leader);
        return askForRoom(leader, null, zone, proposal, draft, exchange)
                .map(room ->
                        new CreateGroupBuy.Command(leader.community(), leader.member(), zone, proposal, draft, room))
                .flatMap(command ->
                        write(exchange, leader, asked.body(), () -> createGroupBuy.handle(command, clock.instant())));
    }

    @Override
    public Mono<GroupBuyDetails> editGroupBuy(
            UUID community,
            UUID groupBuy,
            Mono<NewGroupBuy> body,
            @Nullable String key,
            @Nullable String ifMatch,
            ServerWebExchange exchange) {
        var basis = new Basis(groupBuy, toVersion(ifMatch));
        return Caller.current()
                .map(caller -> caller.in(community))
                .flatMap(editor -> body.map(asked -> new Asked(editor, asked)))
                .flatMap(asked -> edit(basis, asked, exchange));
    }

    private Mono<GroupBuyDetails> edit(Basis basis, Asked asked, ServerWebExchange exchange) {
        var editor = asked.by();
        var proposal = toProposal(asked.body());
        return transactions
                .in(editor.community(), () -> findGroupBuy.handle(basis.groupBuy()))
                .flatMap(found -> askForRoom(
                        editor, basis.groupBuy(), found.terms().zone(), proposal, found instanceof Draft, exchange))
                .onErrorResume(Problem.class, _ -> Mono.just(new Room.Unknown()))
                .flatMap(room -> write(
                        exchange,
                        editor,
                        asked.body(),
                        () -> leadGroupBuy.edit(basis, editor, proposal, room, clock.instant())));
    }

    private Mono<Room> askForRoom(
            Membership by,
            @Nullable UUID id,
            ZoneId zone,
            Proposal proposal,
            boolean draft,
            ServerWebExchange exchange) {
        if (draft) {
            return Mono.just(new Room.Unknown());
        }
        return findRoom.request(new Question(
                by.community(),
                id,
                zone,
                proposal.conditions(),
                proposal.items(),
                GroupBuysController.authorization(exchange)));
    }

    private Mono<GroupBuyDetails> write(
            ServerWebExchange exchange, Membership by, Object body, Supplier<Mono<OfferedGroupBuy>> effect) {
        return writes.once(
                        exchange,
                        by.community(),
                        body,
                        GroupBuyDetails.class,
                        () -> effect.get().map(GroupBuysController::toDetails))
                .map(details -> GroupBuysController.tag(details, exchange));
    }

    /// The version in an `If-Match`. *Errors:* 400 `if-match-invalid` when it is none of ours.
    private static @Nullable Integer toVersion(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        var found = VERSION.matcher(ifMatch);
        if (!found.matches()) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "if-match-invalid");
        }
        return Integer.valueOf(found.group(1));
    }

    static Proposal toProposal(NewGroupBuy body) {
        return new Proposal(
                body.getSupplierId(),
                body.getTitle(),
                body.getOpensAt(),
                body.getClosesAt(),
                body.getMinParticipants(),
                body.getConditions() == null ? Conditions.PLAIN : toConditions(body.getConditions()),
                or(body.getCoLeaderIds(), Set.of()),
                body.getItems().stream().map(OffersController::toItem).toList());
    }

    private static Conditions toConditions(io.linli.groupbuy.api.Conditions asked) {
        var plain = Conditions.PLAIN;
        return new Conditions(
                new Delivery(asked.getStationId(), asked.getDeliveryDate(), or(asked.getBuildingIds(), Set.of())),
                asked.getPaymentMode() == null
                        ? plain.payment()
                        : PaymentMode.valueOf(asked.getPaymentMode().name()),
                toFee(or(asked.getFeeFlatFen(), 0L), or(asked.getFeePerMille(), 0)),
                new Shares(or(asked.getCourierFen(), 0L), 0),
                asked.getKind() == null
                        ? plain.kind()
                        : Kind.valueOf(asked.getKind().name()),
                asked.getAllocationPolicy() == null
                        ? plain.policy()
                        : Policy.valueOf(asked.getAllocationPolicy().name()),
                or(asked.getMinAmountFen(), 0L),
                or(asked.getMinCases(), 0));
    }

    private static Fee toFee(long flatFen, int perMille) {
        if (flatFen > 0 && perMille > 0) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "fee-twofold");
        }
        return new Fee(flatFen, perMille);
    }

    private static Item toItem(NewItem item) {
        return new Item(
                Ids.next(),
                item.getName(),
                item.getUnit(),
                item.getWeightGrams(),
                item.getPriceFen(),
                item.getStock(),
                0,
                item.getLimitPerHousehold(),
                toPacking(item),
                or(item.getTiers(), List.<PriceTier>of()).stream()
                        .map(tier -> new Tier(tier.getFromQuantity(), tier.getPriceFen()))
                        .toList());
    }

    private static Packing toPacking(NewItem item) {
        var caseSize = or(item.getCaseSize(), 1);
        var tolerance = or(item.getTolerance(), 0);
        if (tolerance >= caseSize) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "tolerance-invalid", item.getName());
        }
        var temperature = item.getTemperature() == null
                ? Temperature.AMBIENT
                : Temperature.valueOf(item.getTemperature().name());
        return new Packing(temperature, toMillilitres(item), caseSize, tolerance);
    }

    private static int toMillilitres(NewItem item) {
        var litres = item.getVolumeLitres();
        if (litres == null) {
            return item.getWeightGrams();
        }
        if (litres.stripTrailingZeros().scale() > 3) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "invalid-request")
                    .errors(List.of(new FieldError("volumeLitres", "at most three decimals")));
        }
        return litres.movePointRight(3).intValueExact();
    }

    private static <T> T or(@Nullable T asked, T otherwise) {
        return asked == null ? otherwise : asked;
    }
}
