package io.linli.groupbuy.sheets.imports;

import io.linli.groupbuy.community.Address;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds building, unit and room in what people write: `梧桐苑12号楼2单元1201室`, `88弄12号1201`, `12-2-1201`.
final class WrittenAddress {
    private static final String NAME = "([A-Za-z]?\\d{1,10}[A-Za-z]?|[A-Za-z])";
    private static final String SHORT = "([A-Za-z]?\\d{1,3}[A-Za-z]?)";
    private static final String UNIT = "(?:" + NAME + "(?:单元|门|梯))?";
    private static final Pattern SPELT =
            Pattern.compile(NAME + "(?:号楼|号|栋|幢|座|楼)" + UNIT + "([A-Za-z]?\\d{1,10}[A-Za-z]?)(?:室|房)?$");
    private static final Pattern DASHED =
            Pattern.compile("(?<![\\d-])" + SHORT + "-(?:" + SHORT + "-)?(\\d{1,10}[A-Za-z]?)(?:室|房)?$");
    private static final Pattern UNIT_AND_ROOM = Pattern.compile(NAME + "(?:单元|门|梯)(.+)");

    private WrittenAddress() {}

    /// From one text.
    static Optional<Address> read(String text) {
        var compact = text.replaceAll("[\\s,]", "");
        for (var pattern : new Pattern[] {SPELT, DASHED}) {
            var matcher = pattern.matcher(compact);
            if (matcher.find()) {
                return Optional.of(new Address(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
        }
        return Optional.empty();
    }

    /// From columns of their own.
    static Optional<Address> read(String building, String room) {
        if (building.isEmpty() || room.isEmpty() || building.length() > 60 || room.length() > 60) {
            return Optional.empty();
        }
        var matcher = UNIT_AND_ROOM.matcher(room.replaceAll("\\s", ""));
        return Optional.of(
                matcher.matches()
                        ? new Address(building, matcher.group(1), matcher.group(2))
                        : new Address(building, null, room));
    }
}
