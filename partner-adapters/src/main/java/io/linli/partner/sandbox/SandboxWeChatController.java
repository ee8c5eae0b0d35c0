package io.linli.partner.sandbox;

import io.linli.kit.data.Transactions;
import io.linli.partner.PartnerSettings;
import io.linli.partner.api.SandboxCodesRequest;
import io.linli.partner.api.SandboxPhone;
import io.linli.partner.api.SandboxPhoneInfo;
import io.linli.partner.api.SandboxPhoneRequest;
import io.linli.partner.api.SandboxSession;
import io.linli.partner.api.SandboxToken;
import io.linli.partner.api.SandboxTokenRequest;
import io.linli.partner.api.SandboxWeChatApi;
import io.linli.partner.sandbox.SandboxCodes.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The simulated WeChat, answering in WeChat's own shapes and error codes.
@RestController
@InSandbox
class SandboxWeChatController implements SandboxWeChatApi {
    private static final int INVALID_CODE = 40029;
    private static final int INVALID_TOKEN = 40001;
    private static final int TOKEN_SECONDS = 7200;

    private final SecureRandom random = new SecureRandom();
    private final Transactions transactions;
    private final SandboxCodes codes;
    private final Clock clock;
    private final PartnerSettings settings;

    SandboxWeChatController(Transactions transactions, SandboxCodes codes, Clock clock, PartnerSettings settings) {
        this.transactions = transactions;
        this.codes = codes;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Mono<io.linli.partner.api.SandboxCodes> makeSandboxCodes(
            Mono<SandboxCodesRequest> body, ServerWebExchange exchange) {
        var made = new io.linli.partner.api.SandboxCodes(randomCode(), randomCode());
        var now = clock.instant();
        var expiresAt = now.plusSeconds(settings.sandboxCodeSeconds());
        return body.map(SandboxCodesRequest::getPhone)
                .flatMap(phone -> transactions.acrossCommunities(() -> codes.forgetExpired(now)
                        .then(codes.add(made.getLoginCode(), Purpose.LOGIN, phone, expiresAt))
                        .then(codes.add(made.getPhoneCode(), Purpose.PHONE, phone, expiresAt))
                        .thenReturn(made)));
    }

    @Override
    public Mono<SandboxSession> sandboxCodeToSession(
            String appid, String secret, String jsCode, String grantType, ServerWebExchange exchange) {
        return use(jsCode, Purpose.LOGIN)
                .map(phone -> new SandboxSession().openid(openId(phone)).sessionKey(randomCode()))
                .defaultIfEmpty(new SandboxSession().errcode(INVALID_CODE).errmsg("invalid code"));
    }

    @Override
    public Mono<SandboxToken> sandboxStableToken(Mono<SandboxTokenRequest> body, ServerWebExchange exchange) {
        return body.map(_ -> new SandboxToken(token(), TOKEN_SECONDS));
    }

    @Override
    public Mono<SandboxPhone> sandboxPhoneNumber(
            String accessToken, Mono<SandboxPhoneRequest> body, ServerWebExchange exchange) {
        if (!accessToken.equals(token())) {
            return body.map(_ -> new SandboxPhone(INVALID_TOKEN, "invalid credential"));
        }
        return body.flatMap(request -> use(request.getCode(), Purpose.PHONE))
                .map(phone -> new SandboxPhone(0, "ok").phoneInfo(new SandboxPhoneInfo("+86" + phone, phone, "86")))
                .defaultIfEmpty(new SandboxPhone(INVALID_CODE, "invalid code"));
    }

    private Mono<String> use(String code, Purpose purpose) {
        return transactions.acrossCommunities(() -> codes.use(code, purpose, clock.instant()));
    }

    /// The same for every replica and after every restart, as WeChat's stable token is.
    private String token() {
        return "sandbox-" + HexFormat.of().formatHex(sha256("token:" + settings.wechatAppSecret()), 0, 16);
    }

    private static String openId(String phone) {
        return "o"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(sha256("openid:" + phone))
                        .substring(0, 27);
    }

    private String randomCode() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
