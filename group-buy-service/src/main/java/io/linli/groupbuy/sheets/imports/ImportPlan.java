package io.linli.groupbuy.sheets.imports;

import io.linli.groupbuy.community.Address;
import io.linli.groupbuy.community.Match;
import io.linli.groupbuy.sheets.imports.CellError.Reason;
import io.linli.groupbuy.sheets.imports.Header.Shape;
import io.linli.groupbuy.sheets.imports.ReadLines.Line;
import io.linli.groupbuy.sheets.imports.ReadLines.Receiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What an import would do. Of people it holds household ids and masked names.
///
/// @param duplicates rows that are left out, because the same is on another row or was imported before
record ImportPlan(Shape shape, List<PlannedOrder> orders, List<CellError> errors, List<Duplicate> duplicates) {

    /// @param serial as the file counts; empty where it does not
    record PlannedOrder(
            int row, String serial, Match household, String displayName, boolean doorstep, List<PlannedLine> lines) {}

    /// @param fingerprint equal for the same receiver, serial and item
    record PlannedLine(UUID item, String name, int quantity, String fingerprint) {}

    /// @param of the row that says the same, 0 for an earlier import
    record Duplicate(int row, String name, int of) {}

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<String> fingerprints() {
        return orders.stream()
                .flatMap(order -> order.lines().stream())
                .map(PlannedLine::fingerprint)
                .toList();
    }

    /// Who lives at the addresses of these lines, or what is wrong with them.
    ///
    /// @param matches households by address; each address of the lines is there
    static ImportPlan of(
            Shape shape,
            List<Line> lines,
            Map<Address, Set<Match>> matches,
            List<CellError> unreadable,
            Set<String> known) {
        var planning = new Planning(matches, known);
        lines.forEach(planning::add);
        var errors = new ArrayList<>(unreadable);
        errors.addAll(planning.errors);
        return new ImportPlan(shape, List.copyOf(planning.orders.values()), errors, planning.duplicates);
    }

    /// The fingerprints of these lines, as far as their households are known.
    static Set<String> fingerprints(List<Line> lines, Map<Address, Set<Match>> matches) {
        var fingerprints = new LinkedHashSet<String>();
        for (var line : lines) {
            for (var household : matches.getOrDefault(line.receiver().address(), Set.of())) {
                fingerprints.add(fingerprint(household.householdId(), line));
            }
        }
        return fingerprints;
    }

    private static String fingerprint(UUID household, Line line) {
        return household + "|" + line.receiver().serial() + "|"
                + line.wanted().item().id();
    }

    private static final class Planning {
        private final Map<Address, Set<Match>> matches;
        private final Set<String> known;
        private final Map<List<Object>, PlannedOrder> orders = new LinkedHashMap<>();
        private final Map<String, Integer> rows = new HashMap<>();
        private final Set<CellError> errors = new LinkedHashSet<>();
        private final List<Duplicate> duplicates = new ArrayList<>();

        Planning(Map<Address, Set<Match>> matches, Set<String> known) {
            this.matches = matches;
            this.known = known;
        }

        void add(Line line) {
            var households = matches.getOrDefault(line.receiver().address(), Set.of());
            if (households.size() == 1) {
                add(line, households.iterator().next());
            } else {
                var reason = households.isEmpty() ? Reason.HOUSEHOLD_UNKNOWN : Reason.HOUSEHOLD_AMBIGUOUS;
                errors.add(new CellError(line.receiver().cell(), reason, ""));
            }
        }

        private void add(Line line, Match household) {
            var fingerprint = fingerprint(household.householdId(), line);
            var item = line.wanted().item();
            var first = rows.putIfAbsent(fingerprint, line.row());
            if (first != null || known.contains(fingerprint)) {
                duplicates.add(new Duplicate(line.row(), item.name(), first == null ? 0 : first));
                return;
            }
            orders.computeIfAbsent(key(line.receiver(), household), _ -> toOrder(line.receiver(), household))
                    .lines()
                    .add(new PlannedLine(item.id(), item.name(), line.wanted().quantity(), fingerprint));
        }

        /// Rows with the same serial number are one order; without serials each row is its own.
        private static List<Object> key(Receiver receiver, Match household) {
            return List.of(household, receiver.serial(), receiver.serial().isEmpty() ? receiver.row() : 0);
        }

        private static PlannedOrder toOrder(Receiver receiver, Match household) {
            return new PlannedOrder(
                    receiver.row(),
                    receiver.serial(),
                    household,
                    receiver.maskedName(),
                    receiver.doorstep(),
                    new ArrayList<>());
        }
    }
}
