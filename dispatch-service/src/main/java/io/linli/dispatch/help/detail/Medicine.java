package io.linli.dispatch.help.detail;

import org.jspecify.annotations.Nullable;

/// What medicine to fetch, and where. It tells nothing of itself, so that no log ever does.
public record Medicine(
        String what, String fetchAt, @Nullable String prescriptionNote) {

    @Override
    public String toString() {
        return "Medicine[not shown]";
    }
}
