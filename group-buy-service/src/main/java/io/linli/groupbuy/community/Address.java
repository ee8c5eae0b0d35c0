package io.linli.groupbuy.community;

import org.jspecify.annotations.Nullable;

/// Where somebody wrote that a household lives. Personal: in no log.
public record Address(String building, @Nullable String unit, String room) {
    @Override
    public String toString() {
        return "Address";
    }
}
