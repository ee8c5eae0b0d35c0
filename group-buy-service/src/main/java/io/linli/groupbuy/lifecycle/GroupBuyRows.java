package io.linli.groupbuy.lifecycle;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.allocation.Policy;
import io.linli.groupbuy.lifecycle.Conditions.Delivery;
import io.linli.groupbuy.lifecycle.Conditions.Fee;
import io.linli.groupbuy.lifecycle.Conditions.Kind;
import io.linli.groupbuy.lifecycle.Conditions.PaymentMode;
import io.linli.groupbuy.lifecycle.Conditions.Shares;
import io.linli.groupbuy.lifecycle.GroupBuy.Arrived;
import io.linli.groupbuy.lifecycle.GroupBuy.Cancelled;
import io.linli.groupbuy.lifecycle.GroupBuy.Closed;
import io.linli.groupbuy.lifecycle.GroupBuy.Decided;
import io.linli.groupbuy.lifecycle.GroupBuy.Draft;
import io.linli.groupbuy.lifecycle.GroupBuy.Failed;
import io.linli.groupbuy.lifecycle.GroupBuy.Formed;
import io.linli.groupbuy.lifecycle.GroupBuy.Open;
import io.linli.groupbuy.lifecycle.GroupBuy.Ordered;
import io.linli.groupbuy.lifecycle.GroupBuy.Outcome;
import io.linli.groupbuy.lifecycle.GroupBuy.Scheduled;
import io.linli.groupbuy.lifecycle.GroupBuy.Settled;
import io.linli.groupbuy.lifecycle.GroupBuy.Shipped;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/// A row of the table `group_buy` as a state, and back.
final class GroupBuyRows {
    static final String COLUMNS = """
            id, community_id, supplier_id, supplier_name, title, leader_id, opens_at, closes_at, min_participants,
            station_id, delivery_day, buildings, payment_mode, fee_flat_fen, fee_per_mille, kind, allocation_policy,
            min_amount_fen, min_cases, co_leaders, zone, capacity_unchecked, version,
            state, closed_at, participants, amount_fen, cases, cancelled_at, cancel_reason, courier_fen, fund_per_mille""";

    private GroupBuyRows() {}

    static String toState(GroupBuy groupBuy) {
        return switch (groupBuy) {
            case Draft _ -> "draft";
            case Scheduled _ -> "scheduled";
            case Open _ -> "open";
            case Closed _ -> "closed";
            case Formed _ -> "formed";
            case Failed _ -> "failed";
            case Ordered _ -> "ordered";
            case Shipped _ -> "shipped";
            case Arrived _ -> "arrived";
            case Settled _ -> "settled";
            case Cancelled _ -> "cancelled";
        };
    }

    static GroupBuy toGroupBuy(Readable row) {
        var terms = toTerms(row);
        var state = required(row, 23, String.class);
        return switch (state) {
            case "draft" -> new Draft(terms);
            case "scheduled" -> new Scheduled(terms);
            case "open" -> new Open(terms);
            case "closed" -> new Closed(terms, closedAt(row));
            case "formed" -> new Formed(terms, closedAt(row), toOutcome(row));
            case "failed" -> new Failed(terms, closedAt(row), toOutcome(row));
            case "ordered" -> new Ordered(terms, closedAt(row), toOutcome(row));
            case "shipped" -> new Shipped(terms, closedAt(row), toOutcome(row));
            case "arrived" -> new Arrived(terms, closedAt(row), toOutcome(row));
            case "settled" -> new Settled(terms, closedAt(row), toOutcome(row));
            case "cancelled" -> new Cancelled(terms, required(row, 28, Instant.class), required(row, 29, String.class));
            default -> throw new IllegalStateException("a group buy cannot be " + state);
        };
    }

    private static Instant closedAt(Readable row) {
        return required(row, 24, Instant.class);
    }

    private static Outcome toOutcome(Readable row) {
        return new Outcome(
                required(row, 25, Integer.class), required(row, 26, Long.class), required(row, 27, Integer.class));
    }

    private static Terms toTerms(Readable row) {
        return new Terms(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, String.class),
                required(row, 4, String.class),
                required(row, 5, UUID.class),
                required(row, 6, Instant.class),
                required(row, 7, Instant.class),
                required(row, 8, Integer.class),
                toConditions(row),
                Set.of(required(row, 19, UUID[].class)),
                ZoneId.of(required(row, 20, String.class)),
                required(row, 21, Boolean.class),
                required(row, 22, Integer.class));
    }

    private static Conditions toConditions(Readable row) {
        return new Conditions(
                new Delivery(
                        row.get(9, UUID.class), row.get(10, LocalDate.class), Set.of(required(row, 11, UUID[].class))),
                read(PaymentMode.class, required(row, 12, String.class)),
                new Fee(required(row, 13, Long.class), required(row, 14, Integer.class)),
                new Shares(required(row, 30, Long.class), required(row, 31, Integer.class)),
                read(Kind.class, required(row, 15, String.class)),
                read(Policy.class, required(row, 16, String.class)),
                required(row, 17, Long.class),
                required(row, 18, Integer.class));
    }

    static GenericExecuteSpec bindTerms(GenericExecuteSpec spec, Terms terms) {
        var conditions = terms.conditions();
        var delivery = conditions.delivery();
        return spec.bind("supplierId", terms.supplierId())
                .bind("supplierName", terms.supplierName())
                .bind("title", terms.title())
                .bind("leaderId", terms.leaderId())
                .bind("opensAt", terms.opensAt())
                .bind("closesAt", terms.closesAt())
                .bind("minParticipants", terms.minParticipants())
                .bind("stationId", nullable(UUID.class, delivery.stationId()))
                .bind("day", nullable(LocalDate.class, delivery.day()))
                .bind("buildings", delivery.buildings().toArray(UUID[]::new))
                .bind("payment", write(conditions.payment()))
                .bind("feeFlatFen", conditions.fee().flatFen())
                .bind("feePerMille", conditions.fee().perMille())
                .bind("courierFen", conditions.shares().courierFen())
                .bind("fundPerMille", conditions.shares().fundPerMille())
                .bind("kind", write(conditions.kind()))
                .bind("policy", write(conditions.policy()))
                .bind("minAmountFen", conditions.minAmountFen())
                .bind("minCases", conditions.minCases())
                .bind("coLeaders", terms.coLeaders().toArray(UUID[]::new))
                .bind("capacityUnchecked", terms.capacityUnchecked())
                .bind("version", terms.version());
    }

    static GenericExecuteSpec bindEnd(GenericExecuteSpec update, GroupBuy next) {
        return switch (next) {
            case Draft _, Scheduled _, Open _ -> bindEnd(update, null, null, null, null);
            case Closed closed -> bindEnd(update, closed.closedAt(), null, null, null);
            case Decided decided -> bindEnd(update, decided.closedAt(), decided.outcome(), null, null);
            case Cancelled cancelled -> bindEnd(update, null, null, cancelled.cancelledAt(), cancelled.reason());
        };
    }

    private static GenericExecuteSpec bindEnd(
            GenericExecuteSpec update,
            @Nullable Instant closedAt,
            @Nullable Outcome outcome,
            @Nullable Instant cancelledAt,
            @Nullable String reason) {
        return update.bind("closedAt", nullable(Instant.class, closedAt))
                .bind("participants", nullable(Integer.class, outcome == null ? null : outcome.participants()))
                .bind("amountFen", nullable(Long.class, outcome == null ? null : outcome.amountFen()))
                .bind("cases", nullable(Integer.class, outcome == null ? null : outcome.cases()))
                .bind("cancelledAt", nullable(Instant.class, cancelledAt))
                .bind("cancelReason", nullable(String.class, reason));
    }

    private static <T> Parameter nullable(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }

    /// An alternative as the database and the contract write it: `first-come`.
    static String write(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E read(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
