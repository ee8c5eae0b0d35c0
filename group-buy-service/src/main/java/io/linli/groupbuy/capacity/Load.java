package io.linli.groupbuy.capacity;

/// What goods take up. *Units:* millilitres, grams.
///
/// @param chilledMillilitres of chilled and frozen goods
public record Load(long ambientMillilitres, long chilledMillilitres, long grams) {
    public static final Load NONE = new Load(0, 0, 0);

    public Load plus(Load other) {
        return new Load(
                Math.addExact(ambientMillilitres, other.ambientMillilitres),
                Math.addExact(chilledMillilitres, other.chilledMillilitres),
                Math.addExact(grams, other.grams));
    }
}
