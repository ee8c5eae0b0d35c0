package io.linli.dispatch.engine;

/// What is carried, or can be at once. *Units:* grams and millilitres.
public record Load(int weight, int volume) {
    public static final Load NOTHING = new Load(0, 0);

    public Load {
        if (weight < 0 || volume < 0) {
            throw new IllegalArgumentException("a negative load");
        }
    }

    public boolean holds(Load other) {
        return other.weight <= weight && other.volume <= volume;
    }
}
