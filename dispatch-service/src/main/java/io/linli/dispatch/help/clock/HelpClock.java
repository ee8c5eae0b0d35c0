package io.linli.dispatch.help.clock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The clock of one request, and how far it was escalated because the clock ran out.
///
/// @param escalatedAt when it came to its level; absent at the level `NONE`
public record HelpClock(
        Instant from,
        Patience patience,
        Level level,
        @Nullable Instant escalatedAt) {

    private static final int NEED_SHARE = 10;

    /// `STREET` is the whistle: what the community could not do in time.
    public enum Level {
        NONE,
        COORDINATOR,
        STREET
    }

    public static HelpClock start(Instant from, Patience patience) {
        return new HelpClock(from, patience, Level.NONE, null);
    }

    /// The same time and level under another patience: the asker has been waiting since then all the same.
    public HelpClock with(Patience other) {
        return new HelpClock(from, other, level, escalatedAt);
    }

    /// When the present clock runs out: that of the first answer until somebody has taken it up.
    public Instant due(boolean takenUp) {
        return from.plus(takenUp ? patience.resolution() : patience.firstAnswer());
    }

    /// When it is to be escalated next. A coordinator has at least the time of a first answer before the street hears.
    public @Nullable Instant escalationDue(boolean takenUp) {
        return switch (level) {
            case NONE -> due(takenUp);
            case COORDINATOR -> {
                var since = escalatedAt == null ? from : escalatedAt;
                yield later(from.plus(patience.resolution()), since.plus(patience.firstAnswer()));
            }
            case STREET -> null;
        };
    }

    /// What the triage queue is ordered by: what is left, less a tenth of the first answer's time for each level of
    /// need.
    public Instant rank(boolean takenUp, int need) {
        return due(takenUp).minus(patience.firstAnswer().multipliedBy(need).dividedBy(NEED_SHARE));
    }

    public HelpClock escalated(Instant now) {
        return switch (level) {
            case NONE -> new HelpClock(from, patience, Level.COORDINATOR, now);
            case COORDINATOR, STREET -> new HelpClock(from, patience, Level.STREET, now);
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
