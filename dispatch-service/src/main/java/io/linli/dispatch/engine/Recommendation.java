package io.linli.dispatch.engine;

/// A vehicle that could take a job as its plan stands, where in its route, and what that would cost.
///
/// *Units:* costs those of the problem's distances; `begin` those of its times.
///
/// @param trip which trip it would be on; that of its own goes before
/// @param position in the trip, or -1 for a trip of its own
/// @param cost the sum of the others
/// @param late what it would make late, itself included
/// @param unfair what the effort adds to the burden of who has done more than others
/// @param reluctance for preferred skills missed, and for taking it from whom it was published for
public record Recommendation(
        int vehicle,
        int trip,
        int position,
        int begin,
        long cost,
        long walking,
        long late,
        long unfair,
        long reluctance) {}
