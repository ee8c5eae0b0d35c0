package io.linli.partner.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxWeChatTests extends SandboxScene {
    @Test
    void a_login_gives_openid_and_phone_once_per_code() {
        var codes = codes("13800000001");

        var session = session(
                codes.get("loginCode").asString(), codes.get("phoneCode").asString());

        session.expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.phone")
                .isEqualTo("13800000001")
                .jsonPath("$.openId")
                .exists();
        session(codes.get("loginCode").asString(), null)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/wechat-code-refused");
    }

    @Test
    void a_phone_has_one_openid_and_two_phones_have_two() {
        assertThat(openId("13800000002")).isEqualTo(openId("13800000002")).isNotEqualTo(openId("13800000003"));
    }

    @Test
    void codes_are_not_good_for_the_other_purpose_nor_after_their_time() {
        var codes = codes("13800000004");
        session(codes.get("phoneCode").asString(), null).expectStatus().isEqualTo(422);
        service.jdbc()
                .sql("UPDATE sandbox_wechat_code SET expires_at = expires_at - interval '5 minutes' WHERE code = ?")
                .param(codes.get("loginCode").asString())
                .update();

        session(codes.get("loginCode").asString(), null).expectStatus().isEqualTo(422);
    }

    @Test
    void a_code_used_by_many_at_once_is_good_for_one() {
        var login = codes("13800000005").get("loginCode").asString();

        var accepted = IntStream.range(0, 20)
                .parallel()
                .map(_ -> session(login, null).returnResult().getStatus().value())
                .filter(status -> status == 200)
                .count();

        assertThat(accepted).isEqualTo(1);
    }

    @Test
    void without_wechat_there_is_no_session_and_a_time_to_come_back() {
        WAY.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(502)));

        session("any", null).expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
    }

    @Test
    void only_services_may_ask_for_a_session() {
        service.client(service.tokens().member(community, UUID.randomUUID(), "coordinator"))
                .post()
                .uri("/internal/wechat/sessions")
                .bodyValue(Map.of("loginCode", "any"))
                .exchange()
                .expectStatus()
                .isForbidden();
    }
}
