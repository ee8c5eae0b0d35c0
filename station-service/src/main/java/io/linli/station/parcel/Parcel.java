package io.linli.station.parcel;

import io.linli.station.parcel.Decision.Accepted;
import io.linli.station.parcel.Decision.Rejected;
import io.linli.station.parcel.Decision.Rejection;
import io.linli.station.parcel.ParcelState.Arrived;
import io.linli.station.parcel.ParcelState.Carrier;
import io.linli.station.parcel.ParcelState.Delivered;
import io.linli.station.parcel.ParcelState.Dropped;
import io.linli.station.parcel.ParcelState.Expected;
import io.linli.station.parcel.ParcelState.Failed;
import io.linli.station.parcel.ParcelState.Failure;
import io.linli.station.parcel.ParcelState.HandedOver;
import io.linli.station.parcel.ParcelState.OutForDoorstep;
import io.linli.station.parcel.ParcelState.Ready;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// One household's share of one group buy, from the announcement to its last holder. Every accepted command is one
/// version and one link of the custody chain.
///
/// @param doorstep whether a volunteer is asked to carry it up
/// @param byClosure whether for no other reason than that the building is closed
/// @param attempts doorstep deliveries that failed
/// @param carrierNewsAt when the newest news happened about who carries it; older news is ignored
public record Parcel(
        UUID id,
        UUID consignmentId,
        UUID groupBuyId,
        UUID householdId,
        List<UUID> orderIds,
        long weightGrams,
        boolean doorstep,
        boolean byClosure,
        int attempts,
        Instant carrierNewsAt,
        long version,
        ParcelState state) {
    /// After so many failed attempts at the door the parcel waits for its household instead.
    static final int ATTEMPTS_MAX = 2;

    /// The next state with its link of the chain and its events, or the reason why not. Pure.
    public Decision decide(Command command) {
        return switch (command) {
            case Command.Arrive _ -> arrive();
            case Command.Shelve shelve -> shelve(shelve);
            case Command.Fail fail -> fail(fail.failure());
            case Command.HandOver _ -> handOver();
            case Command.Collect collect -> collect(collect.carrier());
            case Command.Assign assign -> assign(assign);
            case Command.Release release -> release(release);
            case Command.GiveUp giveUp -> giveUp(giveUp);
            case Command.Drop drop -> drop(drop);
            case Command.TakeBack back -> takeBack(back.task());
            case Command.Deliver deliver -> deliver(deliver);
            case Command.BringBack bringBack -> bringBack(bringBack);
            case Command.Redirect redirect -> redirect(redirect.recipient());
        };
    }

    private Decision arrive() {
        return state instanceof Expected ? accepted(next(new Arrived()), "arrived") : refused();
    }

    private Decision shelve(Command.Shelve shelve) {
        if (!(state instanceof Arrived)) {
            return refused();
        }
        var ready = new Ready(shelve.label(), null);
        var next = next(ready).carriedUp(shelve.recipient());
        return accepted(next, "shelved", ParcelEvent.ParcelReady.of(next, ready, shelve.recipient()));
    }

    private Decision fail(Failure failure) {
        return switch (state) {
            case Expected _, Arrived _, Ready _ -> {
                var next = next(new Failed(failure, state.label()));
                yield accepted(next, ParcelState.nameOf(failure), ParcelEvent.ParcelFailed.of(next, failure));
            }
            case OutForDoorstep _, Dropped _, HandedOver _, Delivered _, Failed _ -> refused();
        };
    }

    private Decision handOver() {
        if (!(state instanceof Ready ready)) {
            return refused();
        }
        var next = next(new HandedOver(ready.label()));
        return accepted(next, "handed-over", ParcelEvent.ParcelHandedOver.of(next));
    }

    private Decision collect(Carrier carrier) {
        if (!(state instanceof Ready ready)) {
            return refused();
        }
        if (!carrier.equals(ready.carrier())) {
            return new Rejected(Rejection.NOT_YOUR_TASK);
        }
        var next = next(new OutForDoorstep(ready.label(), carrier));
        return accepted(next, "collected", ParcelEvent.ParcelCollected.of(next, carrier));
    }

    private Decision assign(Command.Assign assign) {
        if (!(state instanceof Ready ready)) {
            return refused();
        }
        if (!doorstep || !isNews(assign.at())) {
            return new Rejected(Rejection.OLD_NEWS);
        }
        return accepted(next(new Ready(ready.label(), assign.carrier())).newsAt(assign.at()), "task-accepted");
    }

    /// A release that overtakes its own acceptance is remembered, so that the acceptance is old when it comes.
    private Decision release(Command.Release release) {
        if (!(state instanceof Ready ready)) {
            return refused();
        }
        var carriedByAnother = ready.carrier() != null && !release.carrier().equals(ready.carrier());
        if (!isNews(release.at()) || carriedByAnother) {
            return new Rejected(Rejection.OLD_NEWS);
        }
        return accepted(next(new Ready(ready.label(), null)).newsAt(release.at()), "task-released");
    }

    private Decision giveUp(Command.GiveUp giveUp) {
        if (!(state instanceof Ready ready)) {
            return bringBack(new Command.BringBack(giveUp.task(), giveUp.at(), giveUp.why()));
        }
        var carriedForAnother =
                ready.carrier() != null && !giveUp.task().equals(ready.carrier().task());
        if (!isNews(giveUp.at()) || carriedForAnother) {
            return new Rejected(Rejection.OLD_NEWS);
        }
        var waiting = new Ready(ready.label(), null);
        var next = next(waiting).failedOnce(giveUp.at()).carriedUp(giveUp.recipient());
        var told = ParcelEvent.ParcelReady.of(next, waiting, giveUp.recipient());
        return accepted(next, "task-failed: " + giveUp.why(), told);
    }

    private Decision drop(Command.Drop drop) {
        if (!(state instanceof OutForDoorstep out)) {
            return refused();
        }
        return out.carrier().task().equals(drop.task())
                ? new Accepted(
                        this, next(new Dropped(out.label(), out.carrier())), "dropped", drop.proofSha256(), List.of())
                : new Rejected(Rejection.OLD_NEWS);
    }

    private Decision takeBack(UUID task) {
        if (state instanceof Dropped(var label, var carrier) && carrier.task().equals(task)) {
            return accepted(next(new OutForDoorstep(label, carrier)), "drop-undone");
        }
        return state instanceof OutForDoorstep ? new Rejected(Rejection.NOT_DROPPED_YET) : refused();
    }

    private Decision deliver(Command.Deliver deliver) {
        return switch (state) {
            case OutForDoorstep out -> deliver(deliver, out.label(), out.carrier());
            case Dropped dropped -> deliver(deliver, dropped.label(), dropped.carrier());
            case Expected _, Arrived _, Ready _, HandedOver _, Delivered _, Failed _ -> refused();
        };
    }

    private Decision deliver(Command.Deliver deliver, String label, Carrier carrier) {
        if (!carrier.task().equals(deliver.task())) {
            return new Rejected(Rejection.OLD_NEWS);
        }
        var next = next(new Delivered(label));
        return accepted(next, "confirmed: " + deliver.confirmedBy(), ParcelEvent.ParcelDelivered.of(next));
    }

    private Decision bringBack(Command.BringBack back) {
        return switch (state) {
            case OutForDoorstep out -> bringBack(back, out.carrier());
            case Dropped dropped -> bringBack(back, dropped.carrier());
            case Expected _, Arrived _, Ready _, HandedOver _, Delivered _, Failed _ -> refused();
        };
    }

    private Decision bringBack(Command.BringBack back, Carrier carrier) {
        return carrier.task().equals(back.task())
                ? accepted(next(new Arrived()).failedOnce(back.at()), "brought-back: " + back.why())
                : new Rejected(Rejection.OLD_NEWS);
    }

    /// Whoever had accepted to carry it and has not collected it is let go.
    private Decision redirect(Recipient recipient) {
        if (!(state instanceof Ready ready)) {
            return refused();
        }
        var waiting = new Ready(ready.label(), null);
        var next = next(waiting).carriedUp(recipient);
        return next.doorstep() == doorstep
                ? new Rejected(Rejection.NO_OTHER_WAY)
                : accepted(
                        next,
                        next.doorstep() ? "building-closed" : "building-reopened",
                        ParcelEvent.ParcelReady.of(next, waiting, recipient));
    }

    private boolean isNews(Instant at) {
        return at.isAfter(carrierNewsAt);
    }

    private Decision refused() {
        return new Rejected(Rejection.of(state));
    }

    private Accepted accepted(Parcel next, String reason, ParcelEvent... events) {
        return new Accepted(this, next, reason, null, List.of(events));
    }

    private Parcel next(ParcelState next) {
        return with(doorstep, byClosure, attempts, carrierNewsAt, version + 1, next);
    }

    private Parcel newsAt(Instant at) {
        return with(doorstep, byClosure, attempts, at, version, state);
    }

    private Parcel failedOnce(Instant at) {
        return with(doorstep, byClosure, attempts + 1, at, version, state);
    }

    private Parcel carriedUp(Recipient recipient) {
        var again = attempts < ATTEMPTS_MAX;
        var asked = recipient.doorstep() || doorstep && !byClosure;
        var atDoor = again && (asked || recipient.closed());
        return with(atDoor, atDoor && !asked, attempts, carrierNewsAt, version, state);
    }

    private Parcel with(boolean atDoor, boolean closed, int tries, Instant newsAt, long count, ParcelState next) {
        return new Parcel(
                id,
                consignmentId,
                groupBuyId,
                householdId,
                orderIds,
                weightGrams,
                atDoor,
                closed,
                tries,
                newsAt,
                count,
                next);
    }
}
