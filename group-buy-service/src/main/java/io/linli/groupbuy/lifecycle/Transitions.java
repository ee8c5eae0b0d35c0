package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.lifecycle.GroupBuy.Arrived;
import io.linli.groupbuy.lifecycle.GroupBuy.Cancelled;
import io.linli.groupbuy.lifecycle.GroupBuy.Closed;
import io.linli.groupbuy.lifecycle.GroupBuy.Command;
import io.linli.groupbuy.lifecycle.GroupBuy.Decided;
import io.linli.groupbuy.lifecycle.GroupBuy.Decision;
import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Formed;
import io.linli.groupbuy.lifecycle.GroupBuy.Made;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Ordered;
import io.linli.groupbuy.lifecycle.GroupBuy.Outcome;
import io.linli.groupbuy.lifecycle.GroupBuy.Reason;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.groupbuy.lifecycle.GroupBuy.Settled;
import io.linli.groupbuy.lifecycle.GroupBuy.Shipped;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import java.time.Instant;

/// What each command does to a group buy in each state; [GroupBuy#decide] is its only caller.
final class Transitions {
    private Transitions() {}

    static Decision edit(GroupBuy groupBuy, Command.Edit edit, Instant now) {
        return switch (groupBuy) {
            case Draft draft -> edited(draft, edit, new Draft(edit.terms()));
            case Scheduled(var terms) when terms.hasBegun(now) -> refuse(Reason.ALREADY_OPEN);
            case Scheduled scheduled -> edited(scheduled, edit, GroupBuy.create(edit.terms(), now));
            case Open _ -> refuse(Reason.ALREADY_OPEN);
            case Closed _, Decided _ -> refuse(Reason.ALREADY_CLOSED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision publish(GroupBuy groupBuy, Command.Publish publish, Instant now) {
        return switch (groupBuy) {
            case Draft draft when isStale(draft, publish.version()) -> refuse(Reason.STALE_VERSION);
            case Draft(var terms) when terms.isOver(now) -> refuse(Reason.WINDOW_CLOSED);
            case Draft(var terms) -> accept(GroupBuy.create(published(terms, publish), now));
            case Scheduled _, Open _, Closed _, Decided _ -> refuse(Reason.ALREADY_PUBLISHED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision openOnTime(GroupBuy groupBuy, Instant now) {
        return switch (groupBuy) {
            case Draft _ -> refuse(Reason.NOT_PUBLISHED);
            case Scheduled(var terms) when terms.hasBegun(now) -> accept(new Open(terms));
            case Scheduled _ -> refuse(Reason.NOT_OPEN_YET);
            case Open _ -> refuse(Reason.ALREADY_OPEN);
            case Closed _, Decided _ -> refuse(Reason.ALREADY_CLOSED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision changeOrders(GroupBuy groupBuy, Instant now) {
        return switch (groupBuy) {
            case Draft _ -> refuse(Reason.NOT_PUBLISHED);
            case Scheduled(var terms) when !terms.hasBegun(now) -> refuse(Reason.NOT_OPEN_YET);
            case Scheduled(var terms) when !terms.isOver(now) -> accept(new Open(terms));
            case Open open when !open.terms().isOver(now) -> accept(open);
            case Scheduled _, Open _, Closed _, Decided _ -> refuse(Reason.WINDOW_CLOSED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision closeOnTime(GroupBuy groupBuy, Instant now) {
        return switch (groupBuy) {
            case Draft _ -> refuse(Reason.NOT_PUBLISHED);
            case Scheduled(var terms) when terms.isOver(now) -> accept(new Closed(terms, now));
            case Open(var terms) when terms.isOver(now) -> accept(new Closed(terms, now));
            case Scheduled _, Open _ -> refuse(Reason.NOT_DUE);
            case Closed _, Decided _ -> refuse(Reason.ALREADY_CLOSED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision closeByHand(GroupBuy groupBuy, Instant now) {
        return switch (groupBuy) {
            case Draft _ -> refuse(Reason.NOT_PUBLISHED);
            case Scheduled(var terms) when terms.hasBegun(now) -> accept(new Closed(terms, now));
            case Scheduled _ -> refuse(Reason.NOT_OPEN_YET);
            case Open(var terms) -> accept(new Closed(terms, now));
            case Closed _, Decided _ -> refuse(Reason.ALREADY_CLOSED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision decide(GroupBuy groupBuy, Outcome outcome) {
        return switch (groupBuy) {
            case Draft _, Scheduled _, Open _ -> refuse(Reason.NOT_CLOSED);
            case Closed(var terms, var closedAt)
            when terms.areMetBy(outcome) -> accept(new Formed(terms, closedAt, outcome));
            case Closed(var terms, var closedAt) -> accept(new Failed(terms, closedAt, outcome));
            case Decided _ -> refuse(Reason.ALREADY_DECIDED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision advance(GroupBuy groupBuy, Stage stage) {
        return switch (groupBuy) {
            case Draft _, Scheduled _, Open _, Closed _ -> refuse(Reason.NOT_FORMED);
            case Made made when stage.compareTo(made.stage()) > 0 -> accept(at(made, stage));
            case Made _ -> refuse(Reason.ALREADY_FURTHER);
            case Failed _ -> refuse(Reason.FAILED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision tellDelivery(GroupBuy groupBuy) {
        return switch (groupBuy) {
            case Draft _, Scheduled _, Open _, Closed _ -> refuse(Reason.NOT_FORMED);
            case Settled _ -> refuse(Reason.ALREADY_FURTHER);
            case Made made -> accept(made);
            case Failed _ -> refuse(Reason.FAILED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision cancel(GroupBuy groupBuy, String reason, Instant now) {
        return switch (groupBuy) {
            case Draft _, Scheduled _, Open _, Closed _ -> accept(new Cancelled(groupBuy.terms(), now, reason));
            case Decided _ -> refuse(Reason.ALREADY_DECIDED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    static Decision lead(GroupBuy groupBuy, Command.Lead lead) {
        var terms = ledBy(groupBuy.terms(), lead);
        return switch (groupBuy) {
            case Draft _ -> accept(new Draft(terms));
            case Scheduled _ -> accept(new Scheduled(terms));
            case Open _ -> accept(new Open(terms));
            case Closed closed -> accept(new Closed(terms, closed.closedAt()));
            case Settled _ -> refuse(Reason.ALREADY_FURTHER);
            case Made made -> accept(at(terms, made, made.stage()));
            case Failed _ -> refuse(Reason.FAILED);
            case Cancelled _ -> refuse(Reason.CANCELLED);
        };
    }

    private static Decision edited(GroupBuy groupBuy, Command.Edit edit, GroupBuy next) {
        if (edit.version() == null) {
            return refuse(Reason.VERSION_MISSING);
        }
        return isStale(groupBuy, edit.version()) ? refuse(Reason.STALE_VERSION) : accept(next);
    }

    private static boolean isStale(GroupBuy groupBuy, int version) {
        return groupBuy.terms().version() != version;
    }

    private static Made at(Made made, Stage stage) {
        return at(made.terms(), made, stage);
    }

    private static Made at(Terms terms, Made made, Stage stage) {
        return switch (stage) {
            case FORMED -> new Formed(terms, made.closedAt(), made.outcome());
            case ORDERED -> new Ordered(terms, made.closedAt(), made.outcome());
            case SHIPPED -> new Shipped(terms, made.closedAt(), made.outcome());
            case ARRIVED -> new Arrived(terms, made.closedAt(), made.outcome());
            case SETTLED -> new Settled(terms, made.closedAt(), made.outcome());
        };
    }

    private static Terms ledBy(Terms terms, Command.Lead lead) {
        return new Terms(
                terms.id(),
                terms.community(),
                terms.supplierId(),
                terms.supplierName(),
                terms.title(),
                lead.leader(),
                terms.opensAt(),
                terms.closesAt(),
                terms.minParticipants(),
                terms.conditions(),
                lead.coLeaders(),
                terms.zone(),
                terms.capacityUnchecked(),
                terms.version() + 1);
    }

    private static Terms published(Terms terms, Command.Publish publish) {
        return new Terms(
                terms.id(),
                terms.community(),
                terms.supplierId(),
                terms.supplierName(),
                terms.title(),
                terms.leaderId(),
                terms.opensAt(),
                terms.closesAt(),
                terms.minParticipants(),
                terms.conditions().withFund(publish.fundPerMille()),
                terms.coLeaders(),
                terms.zone(),
                publish.capacityUnchecked(),
                terms.version());
    }

    private static Decision accept(GroupBuy next) {
        return new Decision.Accepted(next);
    }

    private static Decision refuse(Reason reason) {
        return new Decision.Rejected(reason);
    }
}
