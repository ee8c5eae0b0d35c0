package io.linli.local.system;

import io.linli.kit.ServiceKit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/// A service as one Spring context of this JVM.
///
/// All services share one class path here, so the auto-configuration of each has to be told what is not its own:
/// the gateway has no database, and only the gateway routes.
final class InThisJvm implements Running {

    private static final List<String> FOREIGN_TO_SERVICES = List.of(
            "--spring.cloud.gateway.server.webflux.enabled=false",
            "--spring.cloud.gateway.enabled=false",
            "--spring.cloud.discovery.enabled=false");

    private static final List<String> FOREIGN_TO_GATEWAY = List.of("--spring.autoconfigure.exclude="
            + String.join(
                    ",",
                    "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                    "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                    "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
                    "org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration",
                    "org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcAutoConfiguration",
                    "org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcRepositoriesAutoConfiguration"));

    private final ConfigurableApplicationContext context;

    private InThisJvm(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static InThisJvm start(Service service, Map<String, String> settings, Path log) {
        try {
            var application = Class.forName(service.application());
            return new InThisJvm(ServiceKit.run(application, service.name(), arguments(service, settings, log)));
        } catch (ClassNotFoundException e) {
            throw new CannotStart(service.name() + " is not on the class path", e);
        } catch (RuntimeException e) {
            throw new CannotStart(service.name() + " does not start: " + rootMessage(e) + "; see " + log, e);
        }
    }

    private static String[] arguments(Service service, Map<String, String> settings, Path log) {
        var arguments = new ArrayList<String>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.add("--spring.main.register-shutdown-hook=false");
        arguments.add("--spring.jmx.enabled=false");
        arguments.add("--logging.file.name=" + log);
        arguments.add("--logging.threshold.console=OFF");
        arguments.addAll(service.hasDatabase() ? FOREIGN_TO_SERVICES : FOREIGN_TO_GATEWAY);
        return arguments.toArray(String[]::new);
    }

    private static String rootMessage(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        context.close();
    }
}
