package io.linli.partner.wechat;

import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.partner.api.WeChatSession;
import io.linli.partner.api.WeChatSessionRequest;
import io.linli.partner.api.WeChatSessionsApi;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Login codes for other services of ours; nobody else may ask.
@RestController
class WeChatSessionsController implements WeChatSessionsApi {
    private final WeChat wechat;

    WeChatSessionsController(WeChat wechat) {
        this.wechat = wechat;
    }

    @Override
    public Mono<WeChatSession> openWeChatSession(Mono<WeChatSessionRequest> body, ServerWebExchange exchange) {
        return Caller.current()
                .map(caller -> caller.requireScope("service"))
                .then(body)
                .flatMap(request -> wechat.requestSession(request.getLoginCode(), request.getPhoneCode()))
                .map(WeChatSessionsController::toAnswer);
    }

    private static WeChatSession toAnswer(SessionResult result) {
        return switch (result) {
            case SessionResult.Opened(var openId, var phone) -> new WeChatSession(openId).phone(phone);
            case SessionResult.Refused _ -> throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "wechat-code-refused");
            case SessionResult.Unavailable(var retryAfter) ->
                throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "wechat-unavailable")
                        .retryAfter(retryAfter);
        };
    }
}
