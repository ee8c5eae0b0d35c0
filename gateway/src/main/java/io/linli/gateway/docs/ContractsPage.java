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
import reactor.core.publisher.Mono;

/// `/`: one page with all contracts. The files of Swagger UI come from its webjar, whatever its version is.
@Configuration(proxyBeanMethods = false)
class ContractsPage {
    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final List<String> OWN = List.of("gateway", "operations");

    private record Contract(String name, String url) {}

    @Bean
    RouterFunction<ServerResponse> pages(GatewaySettings settings) throws IOException {
        var contracts = Stream.concat(settings.upstreams().stream().map(Upstream::name), OWN.stream())
                .map(name -> new Contract(name, "/openapi/" + name + ".yaml"))
                .toList();
        return RouterFunctions.route()
                .GET("/", _ -> ok(MediaType.TEXT_HTML, "gateway-pages/index.html"))
                .GET("/docs/page.js", _ -> ok(SCRIPT, "gateway-pages/page.js"))
                .GET("/docs/contracts.json", _ -> ServerResponse.ok().bodyValue(contracts))
                .GET("/openapi/gateway.yaml", _ -> ok(MediaType.APPLICATION_YAML, "openapi/gateway.yaml"))
                .resources("/docs/**", swaggerUi())
                .build();
    }

    private static Mono<ServerResponse> ok(MediaType type, String resource) {
        return ServerResponse.ok().contentType(type).bodyValue(new ClassPathResource(resource));
    }

    private static Resource swaggerUi() throws IOException {
        var found = new PathMatchingResourcePatternResolver().getResources("classpath*:" + WEBJAR + "*/swagger-ui.css");
        if (found.length != 1) {
            throw new IllegalStateException("one Swagger UI is needed on the class path, not " + found.length);
        }
        var segments = found[0].getURL().getPath().split("/");
        return new ClassPathResource(WEBJAR + segments[segments.length - 2] + "/");
    }
}
