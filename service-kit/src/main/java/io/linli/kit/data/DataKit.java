package io.linli.kit.data;

import io.linli.kit.KitSettings;
import io.linli.kit.web.Writes;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/// The database of a service: pool, transactions, idempotent writes. Flyway has migrated it before anything is served.
@Configuration(proxyBeanMethods = false)
@Import(Writes.class)
public class DataKit {

    @Bean
    RebuildingPool connectionFactory(KitSettings settings) {
        return new RebuildingPool(settings.service(), settings.database());
    }

    /// Closes the pool after everything that uses it.
    @Bean
    DisposableBean poolCloser(RebuildingPool pool) {
        return () -> pool.dispose().toFuture().get(10, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Bean
    Transactions transactions(DatabaseClient database, ReactiveTransactionManager manager, KitSettings settings) {
        return new Transactions(database, TransactionalOperator.create(manager), settings);
    }
}
