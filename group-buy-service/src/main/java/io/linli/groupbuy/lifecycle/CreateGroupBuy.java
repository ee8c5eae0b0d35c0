package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.capacity.Room;
import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.lifecycle.JudgeProposal.Subject;
import io.linli.kit.data.Ids;
import io.linli.kit.messaging.Outbox;
import io.linli.kit.web.Membership;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// A leader announces a group buy, or begins to write one, inside the caller's transaction.
@Service
public class CreateGroupBuy {
    /// What a token without a zone is taken to mean.
    private static final String DEFAULT_ZONE = "Asia/Shanghai";

    private final JudgeProposal judgeProposal;
    private final GroupBuys groupBuys;
    private final Items items;
    private final Outbox outbox;

    CreateGroupBuy(JudgeProposal judgeProposal, GroupBuys groupBuys, Items items, Outbox outbox) {
        this.judgeProposal = judgeProposal;
        this.groupBuys = groupBuys;
        this.items = items;
        this.outbox = outbox;
    }

    /// @param room what was heard about the room for it; a draft needs none
    public record Command(UUID community, UUID leader, ZoneId zone, Proposal proposal, boolean draft, Room room) {}

    /// The time zone of the community, as the token of one of its members says.
    public static ZoneId zoneOf(Membership member) {
        return ZoneId.of(member.attributes().getOrDefault("zone", DEFAULT_ZONE));
    }

    /// *Errors:* 422 `capacity-exceeded` and those of the proposal.
    public Mono<OfferedGroupBuy> handle(Command command, Instant now) {
        var unchecked = command.draft() || command.room().isUncheckedOrRefused();
        var subject = new Subject(Ids.next(), command.community(), command.leader(), command.zone(), unchecked, 0);
        return judgeProposal
                .handle(command.proposal(), subject, now)
                .map(terms -> new OfferedGroupBuy(
                        create(command, terms, now), command.proposal().items()))
                .flatMap(created -> store(created, now));
    }

    private static GroupBuy create(Command command, Terms terms, Instant now) {
        return command.draft() ? new Draft(terms) : GroupBuy.create(terms, now);
    }

    private Mono<OfferedGroupBuy> store(OfferedGroupBuy created, Instant now) {
        var terms = created.groupBuy().terms();
        return groupBuys
                .insert(created.groupBuy(), now)
                .then(items.insert(terms.community(), terms.id(), created.items()))
                .then(GroupBuyLed.publish(outbox, created.groupBuy()))
                .thenReturn(created);
    }
}
