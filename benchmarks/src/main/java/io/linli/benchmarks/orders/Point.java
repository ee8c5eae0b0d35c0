package io.linli.benchmarks.orders;

import io.linli.benchmarks.orders.OrderTraffic.Shape;

/// One thing that is measured for a while.
///
/// @param soldOutPerMille so many of a thousand requests ask for a sold-out item
record Point(Way way, Shape orders, int connections, int soldOutPerMille) {

    /// How orders reach the database.
    enum Way {
        SERVICE("service"),
        GATEWAY("gateway"),
        PLAIN("plain handler"),
        PGBENCH("pgbench");

        private final String text;

        Way(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Point of(Way way, Shape orders, int connections) {
        return new Point(way, orders, connections, 0);
    }

    @Override
    public String toString() {
        var soldOut = soldOutPerMille == 0 ? "" : ", %d %% sold out".formatted(soldOutPerMille / 10);
        return "%s, %s, %d connections%s".formatted(way, orders, connections, soldOut);
    }
}
