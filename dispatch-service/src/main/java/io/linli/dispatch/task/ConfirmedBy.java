package io.linli.dispatch.task;

/// Who said that the parcel arrived: the household, or nobody for so long that it counts as confirmed.
enum ConfirmedBy {
    RESIDENT,
    AUTO
}
