package io.linli.gateway;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.linli.kit.testing.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/// The running gateway with a real HTTP server in place of each service, which says its name in `X-Answered-By`.
final class Edge implements AutoCloseable {
    static final List<String> SERVICES = List.of("community", "group-buy", "partner", "station", "dispatch");

    private final Map<String, WireMockServer> services = new TreeMap<>();
    private final TestTokens tokens = TestTokens.start();
    private final ConfigurableApplicationContext context;

    private Edge(List<String> settings) {
        var arguments = new ArrayList<String>();
        for (var name : SERVICES) {
            var server = new WireMockServer(
                    WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
            server.start();
            services.put(name, server);
            arguments.add("--linli.gateway.services." + name + "=" + server.baseUrl());
        }
        arguments.add("--server.port=0");
        arguments.add("--server.shutdown=immediate");
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--linli.jwks-url=" + tokens.jwksUrl());
        arguments.addAll(settings);
        heal();
        context = GatewayApplication.run(arguments.toArray(String[]::new));
    }

    static Edge start(String... settings) {
        return new Edge(List.of(settings));
    }

    /// Every service answers everything again.
    void heal() {
        services.forEach((name, server) -> {
            server.resetAll();
            server.stubFor(WireMock.any(WireMock.anyUrl())
                    .willReturn(WireMock.okJson("{}").withHeader("X-Answered-By", name)));
        });
    }

    WireMockServer service(String name) {
        return services.get(name);
    }

    TestTokens tokens() {
        return tokens;
    }

    String token() {
        return tokens.token(UUID.randomUUID()).sign();
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getProperty("local.server.port"));
    }

    WebTestClient anonymous() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port())
                .responseTimeout(Duration.ofSeconds(20))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
                .build();
    }

    WebTestClient client() {
        return client(token());
    }

    WebTestClient client(String token) {
        return anonymous()
                .mutate()
                .defaultHeaders(headers -> {
                    headers.setBearerAuth(token);
                    headers.set(HttpHeaders.ACCEPT_LANGUAGE, "en");
                })
                .build();
    }

    @Override
    public void close() {
        context.close();
        services.values().forEach(WireMockServer::stop);
        tokens.close();
    }
}
