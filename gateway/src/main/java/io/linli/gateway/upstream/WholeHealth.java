package io.linli.gateway.upstream;

import io.linli.gateway.GatewaySettings;
import io.linli.gateway.GatewaySettings.Upstream;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/// `/healthz`: whether the whole is ready, asked of all services at once.
@Configuration(proxyBeanMethods = false)
class WholeHealth {
    private static final Duration KEPT = Duration.ofSeconds(1);

    private enum Status {
        up,
        down
    }

    private record Answer(String name, Status status) {}

    private record Health(Status status, Map<String, Status> services) {
        private HttpStatus http() {
            return status == Status.up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
        }
    }

    @Bean
    RouterFunction<ServerResponse> healthOfTheWhole(WebClient.Builder builder, GatewaySettings settings) {
        var timeout = Duration.ofMillis(settings.healthTimeoutMillis());
        var http = builder.clientConnector(new ReactorClientHttpConnector(HttpClient.create()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.healthTimeoutMillis())
                        .responseTimeout(timeout)))
                .build();
        // Anybody may ask: all askers within a second share one answer.
        var health = Flux.fromIterable(settings.upstreams())
                .flatMap(
                        upstream -> ask(http, upstream, timeout),
                        settings.upstreams().size())
                .collectList()
                .map(WholeHealth::toHealth)
                .cache(KEPT);
        return RouterFunctions.route()
                .GET("/healthz", _ -> health.flatMap(WholeHealth::answer))
                .build();
    }

    private static Mono<ServerResponse> answer(Health health) {
        return ServerResponse.status(health.http()).bodyValue(health);
    }

    private static Mono<Answer> ask(WebClient http, Upstream upstream, Duration timeout) {
        return http.get()
                .uri(upstream.url().resolve("/readyz"))
                .exchangeToMono(response -> response.releaseBody()
                        .thenReturn(response.statusCode().is2xxSuccessful() ? Status.up : Status.down))
                .timeout(timeout)
                .onErrorReturn(Status.down)
                .map(status -> new Answer(upstream.name(), status));
    }

    private static Health toHealth(Iterable<Answer> answers) {
        var services = new TreeMap<String, Status>();
        answers.forEach(answer -> services.put(answer.name(), answer.status()));
        return new Health(services.containsValue(Status.down) ? Status.down : Status.up, services);
    }
}
