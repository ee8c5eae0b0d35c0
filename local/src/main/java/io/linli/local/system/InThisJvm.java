package io.linli.local.system;

import io.linli.kit.ServiceKit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A service as one Spring context of this JVM.
///
/// All services share one class path here, so the services have to be told that only the gateway routes.
final class InThisJvm implements Running {

    private static final List<String> FOREIGN_TO_SERVICES = List.of(
            "--spring.cloud.gateway.server.webflux.enabled=false",
            "--spring.cloud.gateway.enabled=false",
            "--spring.cloud.discovery.enabled=false");

    private final ConfigurableApplicationContext context;

    private InThisJvm(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static InThisJvm start(Service service, Map<String, String> settings, Path log) {
        try {
            var application = Class.forName(service.application());
            var arguments = arguments(service, settings);
            return new InThisJvm(
                    service.hasDatabase()
                            ? ServiceKit.run(application, service.name(), arguments)
                            : withoutKit(application, service.name(), arguments));
        } catch (ClassNotFoundException e) {
            throw new CannotStart(service.name() + " is not on the class path", e);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(InThisJvm.class).error("{} does not start", service.name(), e);
            throw new CannotStart(service.name() + " does not start: " + rootMessage(e) + "; see " + log, e);
        }
    }

    private static ConfigurableApplicationContext withoutKit(Class<?> application, String name, String... arguments) {
        return new SpringApplicationBuilder(application)
                .properties("spring.config.name=" + name)
                .run(arguments);
    }

    private static String[] arguments(Service service, Map<String, String> settings) {
        var arguments = new ArrayList<String>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.add("--spring.main.register-shutdown-hook=false");
        arguments.add("--spring.jmx.enabled=false");
        arguments.add("--spring.main.banner-mode=off");
        if (service.hasDatabase()) {
            arguments.addAll(FOREIGN_TO_SERVICES);
        }
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
