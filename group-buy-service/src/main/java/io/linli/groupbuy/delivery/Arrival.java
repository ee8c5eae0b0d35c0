package io.linli.groupbuy.delivery;

import java.util.UUID;

/// What came of an item. *Units:* pieces.
///
/// @param damaged those of the arrived that cannot be handed out
record Arrival(UUID item, long arrived, long damaged) {
    Arrival {
        if (arrived < 0 || damaged < 0) {
            throw new IllegalArgumentException("no fewer than none arrive");
        }
    }

    /// What can be handed out.
    long usable() {
        return arrived - damaged;
    }
}
