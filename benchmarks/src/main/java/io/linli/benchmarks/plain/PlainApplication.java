package io.linli.benchmarks.plain;

import io.linli.kit.ServiceKit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The service that orders are compared with: the same kit, tables and route, and a handler that does one statement
/// after the other in a transaction of its own.
@SpringBootApplication(proxyBeanMethods = false)
@Import(ServiceKit.class)
public class PlainApplication {
    private static final Map<String, String> SETTINGS = Map.of(
            "linli.service", "groupbuy",
            "linli.contract", "group-buy",
            "spring.flyway.enabled", "false",
            "spring.cloud.gateway.server.webflux.enabled", "false",
            "spring.cloud.gateway.enabled", "false",
            "spring.cloud.discovery.enabled", "false");

    /// The service publishes for both, so that each order's publishing is done, and counted, in one place.
    @Bean
    ApplicationRunner publishNothing(@Qualifier("relay") SmartLifecycle relay) {
        return _ -> relay.stop();
    }

    static void main(String[] args) {
        ServiceKit.run(PlainApplication.class, "plain", arguments(args));
    }

    /// The arguments given and those that make it fit in beside the service.
    public static String[] arguments(String... given) {
        var arguments = new ArrayList<>(List.of(given));
        SETTINGS.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments.toArray(String[]::new);
    }
}
