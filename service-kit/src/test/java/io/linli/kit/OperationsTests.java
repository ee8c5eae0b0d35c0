package io.linli.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.sample.SampleApplication;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.FaultProxy;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.TestServers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OperationsTests {

    private static final FaultProxy database =
            FaultProxy.to(TestServers.get().postgresHost(), TestServers.get().postgresPort());
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String QUEUE = "sample.hearing";

    @RegisterExtension
    static final ServiceUnderTest service = SampleApplication.underTest()
            .with("linli.database.port", () -> Integer.toString(database.port()))
            .with("linli.database.transaction-timeout", "2s");

    private final UUID community = UUID.randomUUID();
    private final String operator =
            service.tokens().token(UUID.randomUUID()).scope("operator").sign();

    private UUID poison() {
        var id = service.events().publish(community, "note.written.v1", UUID.randomUUID(), Map.of("text", "poison"));
        Await.until("the poison to be parked", LIMIT, () -> state(id).equals("parked"));
        return id;
    }

    private String state(UUID event) {
        return service.jdbc()
                .sql("SELECT state FROM inbox WHERE event_id = ?")
                .param(event)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private int status(String path) {
        return service.client()
                .get()
                .uri(path)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private String metrics() {
        return service.client()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void an_operator_sees_what_is_parked_and_replays_it() {
        var id = poison();
        service.client(operator)
                .get()
                .uri("/v1/operations/parked?limit=200")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[?(@.eventId == '%s')].queue".formatted(id))
                .isEqualTo(QUEUE);
        service.jdbc()
                .sql("INSERT INTO known (community_id, text) VALUES (?, 'poison')")
                .param(community)
                .update();

        service.client(operator)
                .post()
                .uri("/v1/operations/parked/{q}/{id}/replay", QUEUE, id)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .isOk();

        Await.until("the replayed event to be done", LIMIT, () -> state(id).equals("done"));
    }

    @Test
    void what_is_not_parked_cannot_be_replayed() {
        service.client(operator)
                .post()
                .uri("/v1/operations/parked/{q}/{id}/replay", QUEUE, UUID.randomUUID())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/nothing-parked");
    }

    @Test
    void nobody_but_an_operator_may_look() {
        var coordinator = service.tokens().member(community, UUID.randomUUID(), "coordinator");

        service.client(coordinator)
                .get()
                .uri("/v1/operations/parked")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/scope-required");
        assertThat(status("/v1/operations/parked")).isEqualTo(401);
    }

    @Test
    void the_backlog_is_told_as_metrics() {
        poison();

        Await.until("the gauges to follow", LIMIT, () -> metrics().matches("(?s).*\\nlinli_parked\\{[^\\n]*} [1-9].*"));

        assertThat(metrics())
                .contains("linli_outbox_rows{", "linli_outbox_oldest_seconds{", "linli_inbox_waiting{")
                .contains("linli_events_retried_total{", "linli_events_parked_total{", "service=\"sample\"")
                .contains("http_server_requests_seconds_count{", "linli_database_connections_acquired{");
    }

    @Test
    void readiness_follows_the_database_and_liveness_does_not() {
        assertThat(status("/readyz")).isEqualTo(200);
        database.blackHole();
        try {
            Await.until("the service to be not ready", LIMIT, () -> status("/readyz") == 503);
            assertThat(status("/livez")).isEqualTo(200);
        } finally {
            database.pass();
        }
        Await.until("the service to be ready again", LIMIT, () -> status("/readyz") == 200);
    }

    @Test
    void the_contract_is_served() {
        service.client()
                .get()
                .uri("/openapi.yaml")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(yaml -> assertThat(yaml).startsWith("openapi: 3.1.0"));
    }

    @Test
    void nothing_else_of_the_inside_is_served() {
        assertThat(status("/actuator/env")).isEqualTo(404);
        assertThat(status("/actuator/beans")).isEqualTo(404);
        assertThat(status("/actuator/heapdump")).isEqualTo(404);
    }
}
