package io.linli.local.replay;

/// What a group buy of the replay offers: boxes by weight. A box weighs the mean of the real deliveries in its class,
/// so that a group buy carries as many kilograms as its rows did.
enum WeightClass {
    LETTER("信封件", 500),
    SMALL("小盒", 2_000),
    MEDIUM("中盒", 5_000),
    LARGE("大盒", 10_000),
    CASE("整箱", 20_000),
    HEAVY("重箱", 50_000),
    BULKY("大件", 100_000),
    FREIGHT("货运件", Long.MAX_VALUE);

    final String title;
    final long mostGrams;

    WeightClass(String title, long mostGrams) {
        this.title = title;
        this.mostGrams = mostGrams;
    }

    static WeightClass of(long grams) {
        for (var candidate : values()) {
            if (grams <= candidate.mostGrams) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no class for " + grams + " g");
    }
}
