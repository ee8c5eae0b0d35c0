package io.linli.local.replay;

/// What is timed, in the order of the chain.
enum Step {
    HOUSEHOLD("household"),
    CONSENT("consent"),
    LOGIN("login"),
    ORDER("order"),
    CLOSE("close"),
    SHIPMENT("shipment (closed → arrived)"),
    CHECK_IN("check-in"),
    CODE("pick-up code"),
    HAND_OVER("hand-over"),
    ACCEPT("accept task"),
    COLLECT("collect (until it is known)"),
    DROP("drop"),
    FAIL("nobody opens"),
    CONFIRM("confirm"),
    DOORSTEP("doorstep (offered → confirmed)"),
    FINAL("last order final after its parcel");

    final String title;

    Step(String title) {
        this.title = title;
    }
}
