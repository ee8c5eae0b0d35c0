package io.linli.station.parcel;

import io.linli.station.parcel.ParcelState.Carrier;
import io.linli.station.parcel.ParcelState.Failure;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whatever can happen to a parcel.
public sealed interface Command {
    record Arrive() implements Command {}

    record Shelve(String label, Recipient recipient) implements Command {}

    record Fail(Failure failure) implements Command {}

    record HandOver() implements Command {}

    record Collect(Carrier carrier) implements Command {}

    /// News from dispatch: a volunteer accepted the task.
    record Assign(Carrier carrier, Instant at) implements Command {}

    /// News from dispatch: the volunteer gave the task back before collecting.
    record Release(Carrier carrier, Instant at) implements Command {}

    /// News from dispatch: the task failed, and dispatch knows of no collection; the station may know better.
    record GiveUp(UUID task, Instant at, String why, Recipient recipient) implements Command {}

    record Drop(UUID task, @Nullable String proofSha256) implements Command {}

    record TakeBack(UUID task) implements Command {}

    record Deliver(UUID task, String confirmedBy) implements Command {}

    /// News from dispatch: the task failed at the door, the parcel comes back.
    record BringBack(UUID task, Instant at, String why) implements Command {}

    /// The building was closed or reopened: what is on the shelf goes the way that its recipient now needs.
    record Redirect(Recipient recipient) implements Command {}
}
