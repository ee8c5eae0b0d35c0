package io.linli.benchmarks.orders;

import io.linli.benchmarks.host.Host;
import io.linli.benchmarks.load.LoadClient;
import io.linli.benchmarks.orders.OrderTraffic.Shape;
import io.linli.local.client.Answer;
import io.linli.local.client.Api;
import io.linli.local.system.Progress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// What a group buy's organiser waits for: its closing with all that belongs to it, and the report over its orders
/// while others go on ordering.
final class Organiser {
    private static final int CLOSED_ORDERS = 3_000;
    private static final int REPORTED_ORDERS = 10_000;
    private static final int CONNECTIONS = 64;
    private static final int REPORTS = 15;
    private static final int ATTEMPTS = 10;
    private static final int CREATED = 201;
    private static final Duration ORDERS_GO_ON = Duration.ofSeconds(6);
    private static final Duration PLACED_MAX = Duration.ofMinutes(5);
    private static final Duration HEAD_START = Duration.ofSeconds(1);
    private static final Village.Size SIZE = new Village.Size(1, CLOSED_ORDERS, 2, 20, 1);

    private static final String FREEZE = "/packing-sheets";

    /// What is fetched after the closing and freezing, below the group buy's address.
    private static final List<String> SHEETS = List.of(
            "/packing-sheets/1?by=building&format=pdf",
            "/packing-sheets/1?by=building&format=xlsx",
            "/packing-sheets/1?by=product&format=pdf",
            "/packing-sheets/1?by=product&format=xlsx",
            "/packing-sheets/1?by=run&format=pdf",
            "/packing-sheets/1?by=run&format=xlsx",
            "/packing-sheets/1/labels");

    /// The report, below the group buy's address.
    private static final String REPORT = "/totals";

    private final Host host;
    private final Services services;
    private final Progress say;
    private final Api api;

    /// *Units:* seconds. @param report the slowest of several @param sheets how many were fetched
    record Times(double closing, int sheets, double report) {
        /// What came to nothing: short of every bar.
        static final Times NONE = new Times(Double.NaN, 0, Double.NaN);
    }

    Organiser(Host host, Services services, Progress say) {
        this.host = host;
        this.services = services;
        this.say = say;
        this.api = new Api(services.service().address());
    }

    Times measure() {
        var village = Village.settle(services.service().address(), host.tokens(), SIZE);
        place(village, 0, CLOSED_ORDERS);
        place(village, 1, REPORTED_ORDERS);
        services.awaitPublished(host);
        double report = report(village);
        services.awaitPublished(host);
        double closing = close(village);
        say.say("  closing %.2f s with %d sheets, report %.3f s".formatted(closing, SHEETS.size(), report));
        return new Times(closing, SHEETS.size(), report);
    }

    private void place(Village village, int offer, int orders) {
        say.say("Placing %,d orders in one group buy …".formatted(orders));
        var tokens = new ResidentTokens(village, host.tokens());
        tokens.renew();
        int placed = 0;
        for (int attempt = 0; placed < orders && attempt < ATTEMPTS; attempt++) {
            var missing = new OnceEach(village, tokens, offer, orders - placed);
            var client = new LoadClient(services.service().address());
            placed += (int)
                    client.run(CONNECTIONS, missing, Duration.ZERO, PLACED_MAX).answeredInAll(CREATED);
        }
        if (placed < orders) {
            throw new IllegalStateException("only %d of %d orders were placed".formatted(placed, orders));
        }
    }

    private double close(Village village) {
        long begin = System.nanoTime();
        var closed = asLeader("POST", village, 0, "/closing");
        double decided = seconds(begin);
        asLeader("POST", village, 0, FREEZE);
        double frozen = seconds(begin);
        SHEETS.forEach(sheet -> asLeader("GET", village, 0, sheet));
        double seconds = seconds(begin);
        say.say("  " + closed.text());
        say.say("  closed after %.2f s, sheet frozen after %.2f s".formatted(decided, frozen));
        return seconds;
    }

    private double report(Village village) {
        var others = Village.settle(services.service().address(), host.tokens(), new Village.Size(1, 600, 20, 10, 1));
        var tokens = new ResidentTokens(others, host.tokens());
        tokens.renew();
        var traffic = new OrderTraffic(others, tokens, Shape.SPREAD, 0);
        var load = Thread.ofPlatform()
                .start(() -> new LoadClient(services.service().address())
                        .run(CONNECTIONS, traffic, HEAD_START, ORDERS_GO_ON));
        try {
            Thread.sleep(HEAD_START);
            double slowest = 0;
            for (int i = 0; i < REPORTS && load.isAlive(); i++) {
                long begin = System.nanoTime();
                asLeader("GET", village, 1, REPORT);
                slowest = Math.max(slowest, seconds(begin));
            }
            load.join();
            return slowest;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Answer asLeader(String method, Village village, int offer, String path) {
        var community = village.communities().getFirst();
        var token = Village.leaderToken(host.tokens(), community.id(), community.leader());
        var groupBuy = community.offers().get(offer).id();
        var key = method.equals("GET") ? null : UUID.randomUUID().toString();
        var address = "/v1/communities/%s/group-buys/%s%s".formatted(community.id(), groupBuy, path);
        var answer = api.send(new Api.Request(method, address, null, key, token));
        if (answer.status() >= 300) {
            throw new IllegalStateException(address + " was answered " + answer.status() + " " + answer.text());
        }
        return answer;
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
