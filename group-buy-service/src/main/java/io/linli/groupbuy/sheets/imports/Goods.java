package io.linli.groupbuy.sheets.imports;

import io.linli.groupbuy.lifecycle.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what people write about goods: `青菜 x2`, `鸡蛋×1份；豆腐：3`, several lines in one cell, `1,000`.
final class Goods {
    private static final Pattern APART = Pattern.compile("[\\n\\r;、]+|,(?!\\d{3}(?!\\d))");
    private static final String COUNT = "([\\d,]+)\\s*\\p{IsHan}{0,2}";
    private static final List<Pattern> WITH_QUANTITY = List.of(
            Pattern.compile("(.+?)\\s*[x×X*]\\s*" + COUNT),
            Pattern.compile("(.+?)\\s*:\\s*" + COUNT),
            Pattern.compile("(.+?)\\s*\\(\\s*" + COUNT + "\\s*\\)"),
            Pattern.compile("(.*?\\D)\\s+" + COUNT));
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,6}|\\d{1,3},\\d{3})(\\.0+)?\\s*\\p{IsHan}{0,2}");

    private final List<Item> items;
    private final Map<String, Item> byName = new HashMap<>();

    Goods(List<Item> items) {
        this.items = items;
        items.forEach(item -> byName.putIfAbsent(plain(item.name()), item));
        items.forEach(item -> byName.putIfAbsent(plain(item.name() + item.unit()), item));
    }

    /// So many of an item.
    record Wanted(Item item, int quantity) {}

    /// A piece of text that says something of goods; `wanted` is empty where it cannot be read.
    record Piece(String text, Optional<Wanted> wanted) {}

    Optional<Item> find(String name, String specification) {
        return Optional.ofNullable(byName.get(plain(name + specification)))
                .or(() -> Optional.ofNullable(byName.get(plain(name))));
    }

    List<Piece> read(String text) {
        var pieces = new ArrayList<Piece>();
        for (var part : APART.split(text)) {
            if (!part.isBlank()) {
                pieces.add(new Piece(part.strip(), readOne(part.strip())));
            }
        }
        return pieces;
    }

    /// A bare number means the only item there is.
    private Optional<Wanted> readOne(String piece) {
        var bare = items.size() == 1 ? quantity(piece) : Optional.<Integer>empty();
        if (bare.isPresent()) {
            return bare.map(quantity -> new Wanted(items.getFirst(), quantity));
        }
        for (var pattern : WITH_QUANTITY) {
            var matcher = pattern.matcher(piece);
            if (matcher.matches()) {
                var item = find(matcher.group(1), "");
                var quantity = quantity(matcher.group(2));
                if (item.isPresent() && quantity.isPresent()) {
                    return Optional.of(new Wanted(item.get(), quantity.get()));
                }
            }
        }
        return Optional.empty();
    }

    /// A count of at least one: `2`, `2.0`, `1,000`, `2份`.
    static Optional<Integer> quantity(String text) {
        var matcher = QUANTITY.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var quantity = Integer.parseInt(matcher.group(1).replace(",", ""));
        return quantity < 1 ? Optional.empty() : Optional.of(quantity);
    }

    private static String plain(String name) {
        return java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .toLowerCase(Locale.ROOT);
    }
}
