package io.linli.benchmarks.orders;

import io.linli.benchmarks.host.Host;
import io.linli.benchmarks.host.JavaProcess;
import io.linli.benchmarks.plain.PlainApplication;
import io.linli.local.client.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The processes orders are sent to: group-buy-service, the gateway before it, and the plain handler.
record Services(JavaProcess service, JavaProcess gateway, JavaProcess plain) {
    private static final int NO_LIMIT = 1_000_000;
    private static final Duration PUBLISHED_MAX = Duration.ofMinutes(3);

    static Services start(Host host, Map<String, String> settings, @Nullable Path recording) {
        var complete = new LinkedHashMap<>(settings);
        complete.putIfAbsent("linli.groupbuy.sheets.key", Base64.getEncoder().encodeToString(new byte[32]));
        complete.putIfAbsent("linli.groupbuy.community.url", host.doorsUrl());
        var service = host.service("group-buy-service", complete, recording);
        var gateway = host.gateway(toGroupBuy(service));
        return new Services(service, gateway, host.ofOurClassPath("plain", PlainApplication.class, Map.of()));
    }

    /// One machine plays everybody's phone, so the limits per caller and address are out of the way.
    private static Map<String, String> toGroupBuy(JavaProcess service) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("linli.gateway.services.group-buy", service.address().toString());
        for (var limit : java.util.List.of("caller-limit", "address-limit")) {
            settings.put("linli.gateway." + limit + ".per-second", Integer.toString(NO_LIMIT));
            settings.put("linli.gateway." + limit + ".burst", Integer.toString(NO_LIMIT));
        }
        return settings;
    }

    /// Events that wait to be published.
    static long eventsLeft(Host host) {
        return host.database().number("SELECT count(*) FROM outbox WHERE parked_at IS NULL");
    }

    /// Waits until every event is out, so that one point leaves no work to the next.
    void awaitPublished(Host host) {
        Await.untilTrue("the outbox to be empty", PUBLISHED_MAX, () -> eventsLeft(host) == 0);
    }
}
