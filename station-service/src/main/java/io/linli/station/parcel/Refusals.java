package io.linli.station.parcel;

import io.linli.kit.web.Problem;
import io.linli.station.parcel.Decision.Rejection;
import org.springframework.http.HttpStatus;

/// How a rejected command is told over HTTP: always 409, because another state would have allowed it.
public final class Refusals {
    private Refusals() {}

    public static Problem toProblem(Rejection rejection) {
        return Problem.of(
                HttpStatus.CONFLICT,
                switch (rejection) {
                    case ALREADY_HANDED_OVER -> "already-handed-over";
                    case NOT_YOUR_TASK, OLD_NEWS -> "not-your-task";
                    case NOT_ARRIVED,
                            NOT_SHELVED,
                            ALREADY_SHELVED,
                            WITH_VOLUNTEER,
                            NOT_DROPPED_YET,
                            NO_OTHER_WAY,
                            ALREADY_DELIVERED,
                            ALREADY_FAILED -> "parcel-not-on-shelf";
                });
    }

    /// Why a parcel in this state cannot be taken from the shelf.
    public static Problem toProblem(ParcelState state) {
        return toProblem(Rejection.of(state));
    }
}
