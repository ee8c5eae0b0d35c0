package io.linli.groupbuy.community;

/// Where a household lives. Personal: stored sealed only, and in no log.
public record Door(String building, String unit, int floor, String room) {
    @Override
    public String toString() {
        return "Door";
    }
}
