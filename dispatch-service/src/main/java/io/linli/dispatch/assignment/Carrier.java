package io.linli.dispatch.assignment;

import io.linli.dispatch.task.Place;
import java.util.UUID;

/// A volunteer who can take more: where the way so far ends, and how much more may be carried.
record Carrier(UUID volunteer, Place place, long freeGrams) {

    Carrier loaded(Place next, long weightGrams) {
        return new Carrier(volunteer, next, freeGrams - weightGrams);
    }
}
