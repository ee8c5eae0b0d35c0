package io.linli.station.parcel;

import io.linli.station.parcel.ParcelState.Arrived;
import io.linli.station.parcel.ParcelState.Delivered;
import io.linli.station.parcel.ParcelState.Dropped;
import io.linli.station.parcel.ParcelState.Expected;
import io.linli.station.parcel.ParcelState.Failed;
import io.linli.station.parcel.ParcelState.HandedOver;
import io.linli.station.parcel.ParcelState.OutForDoorstep;
import io.linli.station.parcel.ParcelState.Ready;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What comes of a command to a parcel.
public sealed interface Decision {
    /// One version further: what the custody chain says and what others hear.
    record Accepted(
            Parcel before,
            Parcel next,
            String reason,
            @Nullable String proofSha256,
            List<ParcelEvent> events) implements Decision {}

    record Rejected(Rejection rejection) implements Decision {}

    /// Why a command was rejected: mostly, where the parcel is instead.
    enum Rejection {
        NOT_ARRIVED,
        NOT_SHELVED,
        ALREADY_SHELVED,
        WITH_VOLUNTEER,
        ALREADY_HANDED_OVER,
        ALREADY_DELIVERED,
        ALREADY_FAILED,
        NOT_YOUR_TASK,
        NOT_DROPPED_YET,
        OLD_NEWS,
        NO_OTHER_WAY;

        static Rejection of(ParcelState state) {
            return switch (state) {
                case Expected _ -> NOT_ARRIVED;
                case Arrived _ -> NOT_SHELVED;
                case Ready _ -> ALREADY_SHELVED;
                case OutForDoorstep _, Dropped _ -> WITH_VOLUNTEER;
                case HandedOver _ -> ALREADY_HANDED_OVER;
                case Delivered _ -> ALREADY_DELIVERED;
                case Failed _ -> ALREADY_FAILED;
            };
        }
    }
}
