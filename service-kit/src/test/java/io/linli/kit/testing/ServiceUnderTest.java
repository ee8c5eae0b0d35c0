package io.linli.kit.testing;

import io.linli.kit.ServiceKit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/// Runs one service for a test class, as it runs in production: own database, own virtual host of the broker, real
/// HTTP on a free port, tokens of a test key. Every exchange of its client is held against the contracts.
///
/// ```java
/// @RegisterExtension
/// static final ServiceUnderTest service = ServiceUnderTest.of(StationApplication.class, "station-service");
/// ```
public final class ServiceUnderTest implements BeforeAllCallback, AfterAllCallback {

    private static final String EXCHANGE = "linli.events";
    private static final Duration READING_MAX = Duration.ofSeconds(20);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private final Class<?> application;
    private final String configName;
    private final Map<String, Supplier<String>> settings = new LinkedHashMap<>();
    private List<String> contracts = List.of(ContractFilter.CLASS_PATH);
    private @Nullable Around around;
    private @Nullable ConfigurableApplicationContext context;

    /// What the service needs around it, as long as the test class runs.
    private record Around(TestDatabase database, String virtualHost, TestEvents events, TestTokens tokens)
            implements AutoCloseable {

        @Override
        public void close() {
            events.close();
            tokens.close();
            database.close();
            TestServers.get().deleteVirtualHost(virtualHost);
        }
    }

    private ServiceUnderTest(Class<?> application, String configName) {
        this.application = application;
        this.configName = configName;
    }

    /// The service with this application class and the settings file `<configName>.yml`.
    public static ServiceUnderTest of(Class<?> application, String configName) {
        return new ServiceUnderTest(application, configName);
    }

    /// Adds a setting, which goes before all files.
    public ServiceUnderTest with(String setting, String value) {
        return with(setting, () -> value);
    }

    /// Adds a setting that is known only when the test class starts, such as the address of a partner's double.
    public ServiceUnderTest with(String setting, Supplier<String> value) {
        settings.put(setting, value);
        return this;
    }

    /// Reads the contracts from other places than `openapi/` on the class path.
    public ServiceUnderTest withContracts(String... resourcePatterns) {
        contracts = List.of(resourcePatterns);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext test) {
        var virtualHost = "test-" + UUID.randomUUID();
        var amqpUrl = TestServers.get().createVirtualHost(virtualHost);
        var events = TestEvents.connect(amqpUrl, EXCHANGE);
        around = new Around(TestDatabase.create(), virtualHost, events, TestTokens.start());
        var arguments = new LinkedHashMap<>(around.database().properties());
        arguments.put("server.port", "0");
        arguments.put("server.address", "127.0.0.1");
        arguments.put("linli.rabbitmq.url", amqpUrl);
        arguments.put("linli.jwks-url", around.tokens().jwksUrl());
        settings.forEach((name, value) -> arguments.put(name, value.get()));
        context = ServiceKit.run(application, configName, toArguments(arguments));
        Await.until(READING_MAX, this::readsItsQueues);
    }

    /// Before its queues are bound, an event published by a test would go nowhere.
    private boolean readsItsQueues() {
        var broker = context().getBean("brokerHealthIndicator", ReactiveHealthIndicator.class);
        var health = broker.health().block(READING_MAX);
        return health != null && health.getStatus().equals(Status.UP);
    }

    private static String[] toArguments(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    @Override
    public void afterAll(ExtensionContext test) {
        if (context != null) {
            context.close();
            context = null;
        }
        if (around != null) {
            around.close();
            around = null;
        }
    }

    private Around around() {
        return running(around);
    }

    /// The running service's application context.
    public ConfigurableApplicationContext context() {
        return running(context);
    }

    private static <T> T running(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the service runs from beforeAll to afterAll only");
        }
        return part;
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + context().getEnvironment().getProperty("local.server.port");
    }

    /// A client without a token; violations of a contract fail the test.
    public WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl(baseUrl())
                .filter(ContractFilter.of(contracts()))
                .responseTimeout(ANSWER_MAX)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
                .build();
    }

    /// A client with this token, asking in English.
    public WebTestClient client(String token) {
        return client().mutate()
                .defaultHeaders(headers -> {
                    headers.setBearerAuth(token);
                    headers.set(HttpHeaders.ACCEPT_LANGUAGE, "en");
                })
                .build();
    }

    /// The contracts the service is held against, as YAML.
    List<String> contracts() {
        return contracts.stream()
                .map(ContractFilter::read)
                .flatMap(List::stream)
                .toList();
    }

    public TestTokens tokens() {
        return around().tokens();
    }

    /// What the service publishes, and a way to publish as another service.
    public TestEvents events() {
        return around().events();
    }

    public TestDatabase database() {
        return around().database();
    }

    /// The service's database as the superuser.
    public JdbcClient jdbc() {
        return around().database().jdbc();
    }

    /// A bean of the running service.
    public <T> T bean(Class<T> type) {
        return context().getBean(type);
    }
}
