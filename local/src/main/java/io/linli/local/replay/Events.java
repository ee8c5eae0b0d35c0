package io.linli.local.replay;

import io.linli.local.client.Api;
import io.linli.local.client.Api.Request;
import io.linli.local.client.Person;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How many events went through the services.
///
/// What is parked comes from the operations API through the gateway. What was published and consumed is offered as
/// metrics only: it is read from each service's own address and counts since that service last started.
record Events(long published, long consumed, long parked) {

    private static final Duration METRICS_LIMIT = Duration.ofSeconds(30);

    record Parked(List<JsonNode> items) {}

    static Events of(Person operator, Map<String, URI> services) {
        long published = 0;
        long consumed = 0;
        long parked = 0;
        for (var service : services.entrySet()) {
            var metrics = new Api(service.getValue(), METRICS_LIMIT)
                    .send(Request.get("/actuator/prometheus", null))
                    .text();
            published += sum(metrics, "linli_events_published_total");
            consumed += sum(metrics, "linli_events_consumed_total");
            parked += operator.get("/v1/operations/" + service.getKey() + "/parked?limit=200", Parked.class)
                    .items()
                    .size();
        }
        return new Events(published, consumed, parked);
    }

    static long sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
