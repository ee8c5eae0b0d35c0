package io.linli.local.replay;

import java.util.Collection;

/// How evenly something is shared.
///
/// @param gini 0 when everybody has the same, towards 1 when one has everything; 0 when there is nothing to share
record Spread(double least, double mean, double most, double gini) {

    static Spread of(Collection<? extends Number> shares) {
        var sorted = shares.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        double sum = 0;
        double ranked = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += sorted[i];
            ranked += (2.0 * (i + 1) - sorted.length - 1) * sorted[i];
        }
        if (sorted.length == 0) {
            return new Spread(0, 0, 0, 0);
        }
        double mean = sum / sorted.length;
        double gini = sum == 0 ? 0 : ranked / (sorted.length * sum);
        return new Spread(sorted[0], mean, sorted[sorted.length - 1], gini);
    }

    double range() {
        return most - least;
    }
}
