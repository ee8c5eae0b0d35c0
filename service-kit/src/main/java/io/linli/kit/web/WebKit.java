package io.linli.kit.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.linli.kit.KitSettings;
import io.micrometer.tracing.Tracer;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// The edge of a service: tokens, problems in the caller's language, and its contract under `/openapi.yaml`.
/// Works without a database.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(KitSettings.class)
public class WebKit {
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");
    private static final List<String> ALWAYS_PUBLIC =
            List.of("/livez", "/readyz", "/actuator/**", "/openapi.yaml", "/openapi/operations.yaml");

    static {
        // Without it Reactor Netty 1.3.6 now and then never reads the next request of a kept-alive connection
        // (reactor-netty issue 4361). It is read when the first connection comes, long after this.
        System.setProperty("reactor.netty.http.server.lastFlushWhenNoRead", "true");
    }

    /// Ticks in microseconds, as PostgreSQL keeps them, so that an answer and a later reading agree.
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }

    @Bean
    ProblemResponses problemResponses(KitSettings settings, JsonMapper json, ObjectProvider<Tracer> tracer) {
        return new ProblemResponses(texts(settings.service()), json, tracer);
    }

    @Bean
    BodyLimit bodyLimit(@Value("${spring.http.codecs.max-in-memory-size:256KB}") DataSize max, KitSettings settings) {
        return new BodyLimit(max, settings.bodyReadTimeout());
    }

    /// A text where a number or a truth value stands is as wrong as the other way round, a list has no holes, and
    /// nothing
    /// is said twice.
    @Bean
    JsonMapperBuilderCustomizer strictBodies() {
        return mapper -> mapper.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .changeDefaultNullHandling(_ -> JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .withCoercionConfigDefaults(all -> all.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.Textual, texts -> {
                    for (var shape :
                            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
                        texts.setCoercion(shape, CoercionAction.Fail);
                    }
                });
    }

    private static MessageSource texts(String service) {
        var texts = new ResourceBundleMessageSource();
        texts.setBasenames("problems/" + service, "problems/kit");
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        texts.setFallbackToSystemLocale(false);
        texts.setAlwaysUseMessageFormat(true);
        return texts;
    }

    @Bean
    @ConditionalOnMissingBean
    ReactiveJwtDecoder tokens(KitSettings settings, Clock clock) {
        var timeout = settings.jwksTimeout();
        var http = HttpClient.create()
                .responseTimeout(timeout)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()));
        var decoder = NimbusReactiveJwtDecoder.withJwkSetUri(settings.jwksUrl())
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .webClient(WebClient.builder()
                        .clientConnector(new ReactorClientHttpConnector(http))
                        .build())
                .build();
        var time = new JwtTimestampValidator(Duration.ofSeconds(30));
        time.setClock(clock);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
                time,
                new JwtIssuerValidator("linli"),
                new JwtClaimValidator<List<String>>("aud", aud -> aud != null && aud.contains("linli"))));
        return new RememberedTokens(decoder, time);
    }

    /// A span for every filter of the chain costs more than the chain, and tells nothing of our services.
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http, KitSettings settings, ProblemResponses problems) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(paths -> paths.pathMatchers(publicPaths(settings))
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(_ -> {})
                        .authenticationEntryPoint(problems::handle)
                        .accessDeniedHandler(problems::handle))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(problems::handle).accessDeniedHandler(problems::handle))
                .build();
    }

    /// The firewall's own rules for the texts of headers, letter by letter: it asks at every reading of one, and its
    /// regular expressions over a long token cost more than routing the request.
    @Bean
    ServerWebExchangeFirewall firewall() {
        var firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowedHeaderNames(name -> isText(name, false));
        firewall.setAllowedHeaderValues(value -> isText(value, true));
        return firewall;
    }

    private static boolean isText(@Nullable String text, boolean tabs) {
        return text == null
                || text.codePoints()
                        .allMatch(letter ->
                                letter == '\t' ? tabs : Character.isDefined(letter) && !Character.isISOControl(letter));
    }

    @Bean
    WebFluxRegistrations routing() {
        return new WebFluxRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new PathFirstMapping();
            }
        };
    }

    /// What the firewall refuses before any other filter: encoded slashes, path parameters, methods that are none.
    @Bean
    ServerExchangeRejectedHandler refusals(ProblemResponses problems) {
        return problems::handle;
    }

    private static String[] publicPaths(KitSettings settings) {
        return Stream.concat(ALWAYS_PUBLIC.stream(), settings.publicPaths().stream())
                .toArray(String[]::new);
    }

    @Bean
    RouterFunction<ServerResponse> contracts(KitSettings settings) {
        return RouterFunctions.route()
                .GET("/openapi.yaml", _ -> yaml(settings.contract()))
                .GET("/openapi/operations.yaml", _ -> yaml("operations"))
                .build();
    }

    private static Mono<ServerResponse> yaml(String name) {
        return ServerResponse.ok().contentType(YAML).bodyValue(new ClassPathResource("openapi/" + name + ".yaml"));
    }
}
