package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.capacity.Room;
import io.linli.groupbuy.fee.FindTakings;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Edit;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Lead;
import io.linli.groupbuy.lifecycle.GroupBuy.Command.Publish;
import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.JudgeProposal.Subject;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// What those who lead a group buy do to it, inside the caller's transaction. Who that is says [LedGroupBuy].
/// *Errors:* 404 `group-buy-unknown`, 403 `not-your-group-buy`, 409 with the reason.
@Service
class LeadGroupBuy {
    private final ChangeGroupBuy changeGroupBuy;
    private final JudgeProposal judgeProposal;
    private final FindTakings findTakings;
    private final Items items;
    private final Outbox outbox;

    LeadGroupBuy(
            ChangeGroupBuy changeGroupBuy,
            JudgeProposal judgeProposal,
            FindTakings findTakings,
            Items items,
            Outbox outbox) {
        this.changeGroupBuy = changeGroupBuy;
        this.judgeProposal = judgeProposal;
        this.findTakings = findTakings;
        this.items = items;
        this.outbox = outbox;
    }

    /// The version the change builds on; null when the caller did not say.
    record Basis(UUID groupBuy, @Nullable Integer version) {}

    /// *Errors:* those of the proposal, 412 `stale-version`, 422 `capacity-exceeded` once it is announced.
    Mono<OfferedGroupBuy> edit(Basis basis, Membership editor, Proposal proposal, Room room, Instant now) {
        return changeGroupBuy
                .hold(basis.groupBuy(), editor)
                .flatMap(held -> judgeProposal
                        .handle(proposal, subject(held, room), now)
                        .flatMap(terms -> changeGroupBuy.handle(held, new Edit(basis.version(), terms), now)))
                .flatMap(this::tellWhoLeads)
                .flatMap(edited -> replaceItems(edited, proposal.items()));
    }

    /// Under the caps, and with the fund's share, that hold by now.
    /// *Errors:* 409 `window-closed`, 412 `stale-version`, 422 `capacity-exceeded`, 422 `fee-over-cap`, 422
    /// `courier-over-cap`.
    Mono<OfferedGroupBuy> publish(UUID groupBuy, int version, Membership publisher, Room room, Instant now) {
        return findTakings
                .handle(publisher.community())
                .flatMap(takings -> changeGroupBuy
                        .hold(groupBuy, publisher)
                        .flatMap(held -> changeGroupBuy.handle(
                                held, new Publish(version, isUnchecked(held, room), takings.fundPerMille()), now))
                        .doOnNext(published ->
                                JudgeProposal.checkShares(published.terms().conditions(), takings.cap())))
                .flatMap(this::tellWhoLeads)
                .flatMap(this::withItems);
    }

    Mono<OfferedGroupBuy> handOver(UUID groupBuy, Membership by, UUID leader, Set<UUID> coLeaders, Instant now) {
        return changeGroupBuy
                .hold(groupBuy, by)
                .flatMap(held -> changeGroupBuy.handle(held, new Lead(leader, coLeaders), now))
                .flatMap(this::tellWhoLeads)
                .flatMap(this::withItems);
    }

    private Mono<GroupBuy> tellWhoLeads(GroupBuy led) {
        return GroupBuyLed.publish(outbox, led).thenReturn(led);
    }

    private static Subject subject(GroupBuy held, Room room) {
        var terms = held.terms();
        return new Subject(
                terms.id(),
                terms.community(),
                terms.leaderId(),
                terms.zone(),
                held instanceof Draft || room.isUncheckedOrRefused(),
                terms.version() + 1);
    }

    private static boolean isUnchecked(GroupBuy held, Room room) {
        return held instanceof Draft && room.isUncheckedOrRefused();
    }

    private Mono<OfferedGroupBuy> replaceItems(GroupBuy edited, List<Item> offered) {
        var terms = edited.terms();
        return items.deleteAll(terms.id())
                .then(items.insert(terms.community(), terms.id(), offered))
                .thenReturn(new OfferedGroupBuy(edited, offered));
    }

    private Mono<OfferedGroupBuy> withItems(GroupBuy groupBuy) {
        return items.list(groupBuy.terms().id()).map(offered -> new OfferedGroupBuy(groupBuy, offered));
    }
}
