package io.linli.dispatch.help;

import static io.linli.kit.data.Columns.required;

import io.linli.dispatch.help.clock.HelpClock;
import io.linli.dispatch.help.clock.Patience;
import io.linli.dispatch.help.clock.Urgency;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a help request lies in its row: the columns, and the way from and to its state.
final class HelpRows {

    static final String COLUMNS = """
            request_id, community_id, household_id, building_id, asked_by, kind, urgency, need, asked_at, version, round,
            since, clock_from, first_answer_millis, resolution_millis, level, escalated_at, state, helper_kind,
            helper_reference, helper_member, rated""";

    private static final String VOLUNTEER = "volunteer";
    private static final String PARTNER = "partner";

    private HelpRows() {}

    /// The columns of a state.
    record Standing(
            String state,
            @Nullable String helperKind,
            @Nullable UUID reference,
            @Nullable UUID member,
            boolean rated) {
        static Standing of(HelpState state) {
            return switch (state) {
                case HelpState.Open _ -> alone("open");
                case HelpState.Triaged _ -> alone("triaged");
                case HelpState.Matched(var task) -> new Standing("matched", VOLUNTEER, task, null, false);
                case HelpState.Referred(var partner) -> with("referred", partner);
                case HelpState.InProgress(var helper) -> with("in-progress", helper);
                case HelpState.Answered(var helper) -> with("answered", helper);
                case HelpState.Closed(var rated) -> new Standing("closed", null, null, null, rated);
                case HelpState.Cancelled _ -> alone("cancelled");
            };
        }

        private static Standing alone(String state) {
            return new Standing(state, null, null, null, false);
        }

        private static Standing with(String state, HelpState.Giver helper) {
            var kind = helper instanceof HelpState.Giver.Volunteer ? VOLUNTEER : PARTNER;
            return new Standing(state, kind, helper.reference(), helper.member(), false);
        }
    }

    static HelpRequest toRequest(Readable row) {
        var ask = new HelpAsk(
                required(row, 2, UUID.class),
                row.get(3, UUID.class),
                required(row, 4, UUID.class),
                constant(row, 5, HelpAsk.Kind.class),
                constant(row, 6, Urgency.class),
                required(row, 7, Integer.class),
                required(row, 8, Instant.class));
        return new HelpRequest(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                ask,
                required(row, 9, Integer.class),
                required(row, 10, Integer.class),
                required(row, 11, Instant.class),
                toClock(row),
                toState(row));
    }

    private static HelpClock toClock(Readable row) {
        var patience = new Patience(
                Duration.ofMillis(required(row, 13, Long.class)), Duration.ofMillis(required(row, 14, Long.class)));
        return new HelpClock(
                required(row, 12, Instant.class),
                patience,
                constant(row, 15, HelpClock.Level.class),
                row.get(16, Instant.class));
    }

    private static HelpState toState(Readable row) {
        var state = required(row, 17, String.class);
        return switch (state) {
            case "open" -> new HelpState.Open();
            case "triaged" -> new HelpState.Triaged();
            case "matched" -> new HelpState.Matched(required(row, 19, UUID.class));
            case "referred" ->
                new HelpState.Referred(
                        new HelpState.Giver.Partner(required(row, 19, UUID.class), required(row, 20, UUID.class)));
            case "in-progress" -> new HelpState.InProgress(toHelper(row));
            case "answered" -> new HelpState.Answered(toHelper(row));
            case "closed" -> new HelpState.Closed(required(row, 21, Boolean.class));
            case "cancelled" -> new HelpState.Cancelled();
            default -> throw new IllegalStateException("unknown state of a help request " + state);
        };
    }

    private static HelpState.Giver toHelper(Readable row) {
        var reference = required(row, 19, UUID.class);
        var member = required(row, 20, UUID.class);
        return VOLUNTEER.equals(row.get(18, String.class))
                ? new HelpState.Giver.Volunteer(reference, member)
                : new HelpState.Giver.Partner(reference, member);
    }

    static <E extends Enum<E>> E constant(Readable row, int column, Class<E> type) {
        return constant(required(row, column, String.class), type);
    }

    /// The constant of a word, as contracts and rows spell it.
    static <E extends Enum<E>> E constant(String word, Class<E> type) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
