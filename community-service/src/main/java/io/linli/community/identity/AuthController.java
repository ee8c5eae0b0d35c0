package io.linli.community.identity;

import io.linli.community.api.AuthApi;
import io.linli.community.api.LogInRequest;
import io.linli.community.api.Membership;
import io.linli.community.api.RefreshRequest;
import io.linli.community.api.Role;
import io.linli.community.api.Session;
import io.linli.community.households.MembershipOfPhone;
import io.linli.kit.web.Problem;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class AuthController implements AuthApi {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final LogIn logIn;
    private final RefreshSession refreshSession;

    AuthController(LogIn logIn, RefreshSession refreshSession) {
        this.logIn = logIn;
        this.refreshSession = refreshSession;
    }

    @Override
    public Mono<Session> logIn(Mono<LogInRequest> body, ServerWebExchange exchange) {
        return body.flatMap(asked -> logIn.handle(asked.getLoginCode(), asked.getPhoneCode()))
                .map(AuthController::toAnswer);
    }

    @Override
    public Mono<Session> refresh(Mono<RefreshRequest> body, ServerWebExchange exchange) {
        return body.flatMap(asked -> refreshSession.handle(asked.getRefreshToken()))
                .map(AuthController::toAnswer);
    }

    @Override
    public Mono<Void> logOut(Mono<RefreshRequest> body, ServerWebExchange exchange) {
        return body.flatMap(asked -> refreshSession.end(asked.getRefreshToken()));
    }

    private static Session toAnswer(LogInResult result) {
        return switch (result) {
            case LogInResult.Session session ->
                new Session(
                        session.accessToken(),
                        Math.toIntExact(session.life().toSeconds()),
                        session.refreshToken(),
                        session.memberships().stream()
                                .map(AuthController::toAnswer)
                                .toList());
            case LogInResult.Refused refused -> throw toProblem(refused.reason());
        };
    }

    private static Problem toProblem(LogInResult.Reason reason) {
        return switch (reason) {
            case CODE_REFUSED -> Problem.of(HttpStatus.UNAUTHORIZED, "login-refused");
            case PHONE_REQUIRED -> Problem.of(HttpStatus.FORBIDDEN, "phone-required");
            case NOT_REGISTERED -> Problem.of(HttpStatus.FORBIDDEN, "not-registered");
            case WECHAT_UNAVAILABLE ->
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "wechat-unavailable").retryAfter(RETRY_AFTER);
            case REFRESH_REFUSED -> Problem.of(HttpStatus.UNAUTHORIZED, "refresh-refused");
        };
    }

    private static Membership toAnswer(MembershipOfPhone membership) {
        return new Membership(
                        membership.community(),
                        membership.member(),
                        membership.display(),
                        membership.roles().stream()
                                .map(role -> Role.fromValue(role.text()))
                                .toList())
                .household(membership.household())
                .building(membership.building());
    }
}
