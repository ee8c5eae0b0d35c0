package io.linli.community.identity;

import static io.linli.community.Neighbourhood.person;

import com.nimbusds.jwt.SignedJWT;
import io.linli.community.Neighbourhood;
import io.linli.community.Neighbourhood.Home;
import io.linli.kit.testing.ServiceUnderTest;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/// Logging in and staying logged in over HTTP, as a mini-program does.
record LogInDesk(ServiceUnderTest service) {

    Home home(String phone) {
        var neighbourhood = new Neighbourhood(service);
        return neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", phone, "resident"));
    }

    static String newPhone() {
        return "139"
                + UUID.randomUUID()
                        .toString()
                        .replaceAll("\\D", "")
                        .concat("00000000")
                        .substring(0, 8);
    }

    ResponseSpec logIn(String loginCode, @Nullable String phoneCode) {
        return post(
                "/v1/auth/wechat",
                phoneCode == null
                        ? Map.of("loginCode", loginCode)
                        : Map.of("loginCode", loginCode, "phoneCode", phoneCode));
    }

    ResponseSpec refresh(JsonNode session) {
        return post(
                "/v1/auth/refresh",
                Map.of("refreshToken", session.path("refreshToken").asString()));
    }

    ResponseSpec logOut(JsonNode session) {
        return post(
                "/v1/auth/logout",
                Map.of("refreshToken", session.path("refreshToken").asString()));
    }

    ResponseSpec post(String path, Map<String, String> body) {
        return service.client().post().uri(path).bodyValue(body).exchange();
    }

    /// The statuses of requests sent at the same moment.
    static List<Integer> atOnce(int clients, IntFunction<ResponseSpec> request) {
        return Flux.range(0, clients)
                .flatMap(
                        turn -> Mono.fromCallable(() -> request.apply(turn)
                                        .expectBody()
                                        .returnResult()
                                        .getStatus()
                                        .value())
                                .subscribeOn(Schedulers.boundedElastic()),
                        clients)
                .collectList()
                .block(Duration.ofSeconds(30));
    }

    static Object claim(JsonNode session, String name) {
        try {
            return SignedJWT.parse(session.path("accessToken").asString())
                    .getJWTClaimsSet()
                    .getClaim(name);
        } catch (ParseException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    static Object subject(JsonNode session) {
        return claim(session, "sub");
    }
}
