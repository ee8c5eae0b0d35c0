package io.linli.kit;

import io.linli.kit.data.DataKit;
import io.linli.kit.messaging.MessagingKit;
import io.linli.kit.web.WebKit;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Everything a service gets by `@Import(ServiceKit.class)`: problems, tokens, idempotent writes, transactions, events.
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import({WebKit.class, DataKit.class, MessagingKit.class})
public class ServiceKit {

    /// Starts a service: defaults of `linli-kit.yml`, then `<configName>.yml`, environment and arguments.
    public static ConfigurableApplicationContext run(Class<?> application, String configName, String... args) {
        return new SpringApplicationBuilder(application)
                .properties("spring.config.name=linli-kit," + configName)
                .run(args);
    }
}
