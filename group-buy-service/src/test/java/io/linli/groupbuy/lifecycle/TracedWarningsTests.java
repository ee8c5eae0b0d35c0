package io.linli.groupbuy.lifecycle;

import static io.linli.groupbuy.Neighbourhood.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;

/// Nobody whom the service asks is there.
@ExtendWith(OutputCaptureExtension.class)
class TracedWarningsTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service()
            .with("linli.groupbuy.community.url", "http://127.0.0.1:1")
            .with("linli.groupbuy.capacity.station-url", "http://127.0.0.1:1")
            .with("linli.groupbuy.capacity.dispatch-url", "http://127.0.0.1:1");

    private final Neighbourhood here = new Neighbourhood(service);
    private final Instant now = Instant.now();

    @Test
    void who_did_not_answer_is_logged_with_the_trace_of_the_request(CapturedOutput log) {
        var trace = UUID.randomUUID().toString().replace("-", "");
        var onADay = here.newGroupBuy(1, now, now.plusSeconds(3600), item("青菜", 10, 5));
        onADay.put("conditions", Map.of("deliveryDate", Neighbourhood.day(now).toString()));
        var groupBuy = here.open(1, item("青菜", 10, 5)).id("groupBuyId");

        send(HttpMethod.POST, "/group-buys", onADay, trace);
        send(HttpMethod.PUT, "/group-buys/" + groupBuy + "/leaders", Map.of("leaderId", UUID.randomUUID()), trace);

        var warnings = log.getOut()
                .lines()
                .filter(line -> line.contains("did not say") || line.contains("did not answer about"))
                .toList();
        assertThat(warnings)
                .hasSize(3)
                .allSatisfy(warning -> assertThat(warning).contains(trace));
    }

    private void send(HttpMethod method, String path, Map<String, Object> body, String trace) {
        service.client(here.leader())
                .method(method)
                .uri("/v1/communities/" + here.community() + path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .bodyValue(body)
                .exchange()
                .expectBody()
                .returnResult();
    }
}
