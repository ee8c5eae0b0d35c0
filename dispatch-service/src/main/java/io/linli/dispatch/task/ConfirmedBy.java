package io.linli.dispatch.task;

/// Who said that it is done: the household, its floor leader on its behalf, the station's keeper for a return, or
/// nobody
/// for so long that it counts as confirmed.
enum ConfirmedBy {
    RESIDENT,
    FLOOR_LEADER,
    KEEPER,
    AUTO
}
