package io.linli.gateway;

import io.linli.kit.web.WebKit;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcAutoConfiguration;
import org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/// The edge: routes, tokens, limits, breakers and all contracts on one page. It has no database and takes of the kit
/// only the web part.
@SpringBootApplication(
        exclude = {
            FlywayAutoConfiguration.class,
            DataSourceAutoConfiguration.class,
            R2dbcAutoConfiguration.class,
            R2dbcTransactionManagerAutoConfiguration.class,
            DataR2dbcAutoConfiguration.class,
            DataR2dbcRepositoriesAutoConfiguration.class
        })
@Import(WebKit.class)
@EnableConfigurationProperties(GatewaySettings.class)
public class GatewayApplication {

    static void main(String[] args) {
        run(args);
    }

    /// Starts the gateway with `gateway.yml`, environment and arguments.
    public static ConfigurableApplicationContext run(String... args) {
        return new SpringApplicationBuilder(GatewayApplication.class)
                .properties("spring.config.name=gateway")
                .run(args);
    }
}
