package io.linli.kit;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What every service can be told from outside, under `linli.*`; each wait and each size has its limit here.
///
/// @param service short name: picks `problems/<service>` and `db/<service>`, and names metrics and connections
/// @param contract base name of the OpenAPI file served as `/openapi.yaml`
/// @param publicPaths path patterns that need no token
@ConfigurationProperties("linli")
public record KitSettings(
        String service,
        String contract,

        @DefaultValue("http://127.0.0.1:8081/.well-known/jwks.json")
        String jwksUrl,

        @DefaultValue("2s") Duration jwksTimeout,
        @DefaultValue List<String> publicPaths,
        @DefaultValue("8s") Duration bodyReadTimeout,
        @DefaultValue("7d") Duration idempotencyKept,
        @DefaultValue Database database,
        @DefaultValue Rabbitmq rabbitmq) {

    /// One PostgreSQL database; `username` is the role of the running service, which neither owns tables nor bypasses
    /// row-level security. Durations are limits of one wait each.
    public record Database(
            @DefaultValue("127.0.0.1") String host,
            @DefaultValue("5432") int port,
            @DefaultValue("linli") String name,
            @DefaultValue("linli_app") String username,
            @DefaultValue("linli_app") String password,
            @DefaultValue("10") int connectionsMax,
            @DefaultValue("2") int eventLoops,
            @DefaultValue("3s") Duration connectTimeout,
            @DefaultValue("2s") Duration acquireTimeout,
            @DefaultValue("4s") Duration statementTimeout,
            @DefaultValue("2s") Duration lockTimeout,
            @DefaultValue("5s") Duration idleInTransactionTimeout,
            @DefaultValue("6s") Duration transactionTimeout,
            @DefaultValue("30m") Duration connectionLifeMax,
            @DefaultValue("5s") Duration watchdogInterval) {}

    /// The broker, the relay that publishes to it and the consumers that read from it. Connecting and confirming
    /// together stay below `idleInTransactionTimeout`, because the relay's rows are locked meanwhile.
    public record Rabbitmq(
            @DefaultValue("amqp://guest:guest@127.0.0.1:5672")
            String url,

            @DefaultValue("linli.events") String exchange,
            @DefaultValue("2s") Duration connectTimeout,
            @DefaultValue("10s") Duration heartbeat,
            @DefaultValue("2500ms") Duration confirmTimeout,
            @DefaultValue("128") int relayBatch,
            @DefaultValue("1s") Duration relayPoll,
            @DefaultValue("20ms") Duration relayPause,
            @DefaultValue("20") int publishAttemptsMax,
            @DefaultValue("8") int prefetch,
            @DefaultValue("8") int handleAttemptsMax,
            @DefaultValue("24h") Duration earlyPatience,
            @DefaultValue("100ms") Duration retryFirst,
            @DefaultValue("30s") Duration retryMax,
            @DefaultValue("250ms") Duration retryPoll,
            @DefaultValue("14d") Duration inboxKept) {

        /// The wait before the next attempt: doubles from the first up to the longest.
        public Duration retryAfter(int attempts) {
            var doubled = retryFirst.multipliedBy(1L << Math.clamp(attempts - 1, 0, 20));
            return doubled.compareTo(retryMax) > 0 ? retryMax : doubled;
        }
    }
}
