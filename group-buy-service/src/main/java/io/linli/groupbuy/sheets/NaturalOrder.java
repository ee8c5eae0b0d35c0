package io.linli.groupbuy.sheets;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Orders names as people count: `2 < 10 < 10A`, `2号` before `10号`, full-width digits as digits. Numbers come before
/// letters, letters before other text, and a name without any (a villa, a shop) after those with numbers. For one
/// thread: it remembers the names it has seen.
final class NaturalOrder implements Comparator<String> {
    private static final Pattern PART = Pattern.compile("\\d+|[A-Z]+|[^\\dA-Z]+");

    /// Names come again and again while they are sorted.
    private final Map<String, List<String>> known = new HashMap<>();

    @Override
    public int compare(String one, String other) {
        var ones = known.computeIfAbsent(one, NaturalOrder::parts);
        var others = known.computeIfAbsent(other, NaturalOrder::parts);
        for (var at = 0; at < Math.min(ones.size(), others.size()); at++) {
            var difference = compareParts(ones.get(at), others.get(at));
            if (difference != 0) {
                return difference;
            }
        }
        var difference = Integer.compare(ones.size(), others.size());
        return difference != 0 ? difference : one.compareTo(other);
    }

    private static List<String> parts(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .toUpperCase(Locale.ROOT);
        var parts = new ArrayList<String>();
        var matcher = PART.matcher(plain);
        while (matcher.find()) {
            parts.add(matcher.group());
        }
        return parts;
    }

    private static int compareParts(String one, String other) {
        var kinds = Integer.compare(kind(one), kind(other));
        if (kinds != 0) {
            return kinds;
        }
        return isNumber(one) ? compareNumbers(one, other) : one.compareTo(other);
    }

    private static int kind(String part) {
        if (isNumber(part)) {
            return 0;
        }
        return part.charAt(0) >= 'A' && part.charAt(0) <= 'Z' ? 1 : 2;
    }

    private static boolean isNumber(String part) {
        return Character.isDigit(part.charAt(0));
    }

    /// Of any length; `007` is 7.
    private static int compareNumbers(String one, String other) {
        var a = one.replaceFirst("^0+(?=.)", "");
        var b = other.replaceFirst("^0+(?=.)", "");
        var lengths = Integer.compare(a.length(), b.length());
        return lengths != 0 ? lengths : a.compareTo(b);
    }
}
