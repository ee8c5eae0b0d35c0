package io.linli.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// What a field of a custom resource may hold; for the resources whose types no library has.
sealed interface Shape {
    record Scalar(Class<?> type) implements Shape {}

    record Items(Shape item) implements Shape {}

    record Texts() implements Shape {}

    record Fields(Map<String, Shape> fields) implements Shape {}

    /// A part that is one of Kubernetes' own types.
    record Model(Class<?> type) implements Shape {}

    static Shape text() {
        return new Scalar(String.class);
    }

    static Shape whole() {
        return new Scalar(Integer.class);
    }

    static Shape truth() {
        return new Scalar(Boolean.class);
    }

    static Shape fields(Map<String, Shape> fields) {
        return new Fields(fields);
    }

    /// What is wrong with the value, each with its place; nothing when it fits.
    default List<String> refuse(String place, Object value) {
        return switch (this) {
            case Scalar(var type) -> type.isInstance(value) ? List.of() : List.of(place + " is not " + type);
            case Texts() ->
                value instanceof Map<?, ?> map
                        ? each(map, (_, item) -> text().refuse(place, item))
                        : List.of(place + " is no map");
            case Items(var item) ->
                value instanceof List<?> list ? items(place, item, list) : List.of(place + " is no list");
            case Fields(var known) ->
                value instanceof Map<?, ?> map
                        ? each(map, (name, item) -> field(place, known, name, item))
                        : List.of(place);
            case Model(var type) -> model(place, type, value);
        };
    }

    private static List<String> field(String place, Map<String, Shape> known, Object name, Object value) {
        var shape = known.get(name);
        return shape == null ? List.of(place + "." + name + " is unknown") : shape.refuse(place + "." + name, value);
    }

    private static List<String> items(String place, Shape item, List<?> list) {
        return list.stream()
                .flatMap(value -> item.refuse(place + "[]", value).stream())
                .toList();
    }

    private static List<String> each(Map<?, ?> map, BiFunction<Object, Object, List<String>> check) {
        var refused = new ArrayList<String>();
        map.forEach((name, value) -> refused.addAll(check.apply(name, value)));
        return refused;
    }

    private static List<String> model(String place, Class<?> type, Object value) {
        try {
            StrictModels.parse(value, type);
            return List.of();
        } catch (IllegalArgumentException refused) {
            return List.of(place + ": " + refused.getMessage());
        }
    }
}
