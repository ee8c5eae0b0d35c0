package io.linli.gateway.docs;

import io.linli.gateway.GatewaySettings;
import io.linli.gateway.GatewaySettings.Upstream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/// `/`: one page with all contracts. The files of Swagger UI come from its webjar, whatever its version is.
@Configuration(proxyBeanMethods = false)
class ContractsPage {
    private static final List<String> OWN = List.of("gateway", "operations");

    private record Contract(String name, String url) {}

    @Bean
    RouterFunction<ServerResponse> contractsPage(GatewaySettings settings) throws IOException {
        var contracts = Stream.concat(settings.upstreams().stream().map(Upstream::name), OWN.stream())
                .map(name -> new Contract(name, "/openapi/" + name + ".yaml"))
                .toList();
        var page = RouterFunctions.route()
                .GET(
                        "/",
                        _ -> ServerResponse.ok()
                                .contentType(MediaType.TEXT_HTML)
                                .bodyValue(new ClassPathResource("gateway-pages/index.html")))
                .GET("/docs/contracts.json", _ -> ServerResponse.ok().bodyValue(contracts))
                .GET(
                        "/openapi/gateway.yaml",
                        _ -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_YAML)
                                .bodyValue(new ClassPathResource("openapi/gateway.yaml")))
                .build();
        return page.and(RouterFunctions.resources("/docs/page.js", new ClassPathResource("gateway-pages/page.js")))
                .and(RouterFunctions.resources("/docs/**", swaggerUi()));
    }

    private static Resource swaggerUi() throws IOException {
        var script = new PathMatchingResourcePatternResolver()
                .getResources("classpath*:META-INF/resources/webjars/swagger-ui/*/swagger-ui.css");
        if (script.length != 1) {
            throw new IllegalStateException("one Swagger UI is needed on the class path, not " + script.length);
        }
        return script[0].createRelative("./");
    }
}
