package io.linli.kit.messaging;

import io.linli.kit.KitSettings;
import io.linli.kit.data.RebuildingPool;
import io.linli.kit.data.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Events: outbox and relay out, consumers and inbox in, and what is parked.
@Configuration(proxyBeanMethods = false)
@Import({Inbox.class, InboxRows.class, Parked.class, ParkedController.class, BacklogMetrics.class})
public class MessagingKit {

    @Bean
    Outbox outbox(DatabaseClient database, JsonMapper json, Clock clock) {
        return new Outbox(database, json, clock);
    }

    @Bean
    Broker publishing(KitSettings settings) {
        return new Broker(settings.rabbitmq(), settings.service() + "-relay");
    }

    @Bean
    Broker consuming(KitSettings settings) {
        return new Broker(settings.rabbitmq(), settings.service());
    }

    @Bean
    Relay relay(
            DatabaseClient database,
            Transactions transactions,
            RebuildingPool connections,
            Broker publishing,
            KitSettings settings,
            Clock clock,
            MeterRegistry meters) {
        return new Relay(
                database, transactions, connections, new Publisher(publishing, settings), settings, clock, meters);
    }

    @Bean
    Consumers consumers(
            Broker consuming,
            Inbox inbox,
            InboxRows rows,
            Clock clock,
            ObservationRegistry observations,
            KitSettings settings,
            ObjectProvider<Subscription> subscriptions) {
        return new Consumers(
                consuming,
                inbox,
                rows,
                clock,
                observations,
                settings,
                subscriptions.stream().toList());
    }

    /// Part of readiness: a service without its database answers nothing.
    @Bean
    ReactiveHealthIndicator databaseHealthIndicator(Transactions transactions, DatabaseClient database) {
        return () -> transactions
                .acrossCommunities(() -> database.sql("SELECT 1").fetch().first())
                .map(_ -> Health.up().build())
                .onErrorResume(failure -> Mono.just(Health.down()
                        .withDetail("reason", failure.getClass().getSimpleName())
                        .build()));
    }

    /// Told, but not part of readiness: without the broker orders are still taken and events wait in the outbox.
    @Bean
    ReactiveHealthIndicator brokerHealthIndicator(Consumers consumers) {
        return () -> Mono.fromSupplier(() ->
                consumers.readsAll() ? Health.up().build() : Health.unknown().build());
    }
}
