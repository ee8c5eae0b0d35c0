package io.linli.community.identity;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import org.jspecify.annotations.Nullable;

/// partner-adapters, as far as a login needs it; also serves our public key, so that the service accepts
/// its own tokens.
final class WeChatDouble {
    static final String PATH = "/internal/wechat/sessions";

    private final WireMockExtension partner;

    WeChatDouble(WireMockExtension partner) {
        this.partner = partner;
    }

    static String jwksUrl(WireMockExtension partner) {
        return partner.baseUrl() + "/.well-known/jwks.json";
    }

    void serveKey(ECKey key) {
        partner.stubFor(get("/.well-known/jwks.json").willReturn(okJson(new JWKSet(key.toPublicJWK()).toString())));
    }

    /// This code is a login of this openid; with a phone when a phone code came along.
    void knows(String loginCode, String openId, @Nullable String phone) {
        partner.stubFor(asking(loginCode)
                .willReturn(okJson(
                        phone == null
                                ? "{\"openId\":\"%s\"}".formatted(openId)
                                : "{\"openId\":\"%s\",\"phone\":\"%s\"}".formatted(openId, phone))));
    }

    void refuses(String loginCode) {
        answers(
                loginCode,
                aResponse()
                        .withStatus(422)
                        .withHeader("Content-Type", "application/problem+json")
                        .withBody("{\"type\":\"/problems/wechat-code-refused\",\"title\":\"refused\",\"status\":422}"));
    }

    void answers(String loginCode, ResponseDefinitionBuilder answer) {
        partner.stubFor(asking(loginCode).willReturn(answer));
    }

    private static MappingBuilder asking(String loginCode) {
        return post(PATH).withRequestBody(matchingJsonPath("$.loginCode", equalTo(loginCode)));
    }
}
