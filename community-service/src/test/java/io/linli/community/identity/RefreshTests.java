package io.linli.community.identity;

import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.problem;
import static io.linli.community.identity.LogInDesk.atOnce;
import static io.linli.community.identity.LogInDesk.subject;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.linli.community.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

class RefreshTests {
    @Order(1)
    @RegisterExtension
    static final WireMockExtension partner = WireMockExtension.newInstance().build();

    @Order(2)
    @RegisterExtension
    static final ServiceUnderTest service =
            Neighbourhood.service().with("linli.community.partner-url", partner::baseUrl);

    private final LogInDesk desk = new LogInDesk(service);
    private final WeChatDouble weChat = new WeChatDouble(partner);
    private final String code = "code-" + UUID.randomUUID();
    private final String openId = "openid-" + UUID.randomUUID();
    private final String phone = LogInDesk.newPhone();

    @Test
    void a_refresh_token_works_once_and_rotates() {
        desk.home(phone);
        weChat.knows(code, openId, phone);
        var first = json(desk.logIn(code, "phone-code"));

        var second = json(desk.refresh(first).expectStatus().isOk());
        var third = json(desk.refresh(second).expectStatus().isOk());

        assertThat(subject(third)).isEqualTo(subject(first));
        assertThat(List.of(first, second, third))
                .extracting(session -> session.path("refreshToken").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_token_that_comes_back_revokes_its_whole_family() {
        desk.home(phone);
        weChat.knows(code, openId, phone);
        weChat.knows("again" + code, openId, null);
        var first = json(desk.logIn(code, "phone-code"));
        var second = json(desk.refresh(first));
        var otherLogin = json(desk.logIn("again" + code, null));

        assertThat(problem(desk.refresh(first).expectStatus().isUnauthorized())).isEqualTo("refresh-refused");

        assertThat(problem(desk.refresh(second).expectStatus().isUnauthorized()))
                .isEqualTo("refresh-refused");
        desk.refresh(otherLogin).expectStatus().isOk();
    }

    @Test
    void of_many_refreshes_with_one_token_exactly_one_wins() {
        desk.home(phone);
        weChat.knows(code, openId, phone);
        var session = json(desk.logIn(code, "phone-code"));

        var statuses = atOnce(16, _ -> desk.refresh(session));

        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 401)).hasSize(15);
    }

    @Test
    void a_refresh_says_what_the_member_is_by_now() {
        var home = desk.home(phone);
        weChat.knows(code, openId, phone);
        var session = json(desk.logIn(code, "phone-code"));
        Neighbourhood.send(
                        new Neighbourhood(service).operator(),
                        HttpMethod.PUT,
                        in(home.place().community(), "/members/" + home.member() + "/roles"),
                        Map.of("roles", List.of("keeper")))
                .expectStatus()
                .isOk();

        var refreshed = json(desk.refresh(session).expectStatus().isOk());

        assertThat(refreshed.path("memberships").get(0).path("roles"))
                .extracting(JsonNode::asString)
                .containsExactly("keeper");
    }

    @Test
    void a_token_that_is_too_old_unknown_or_logged_out_is_refused() {
        desk.home(phone);
        weChat.knows(code, openId, phone);
        weChat.knows("again" + code, openId, null);
        var loggedOut = json(desk.logIn(code, "phone-code"));
        var old = json(desk.logIn("again" + code, null));

        desk.logOut(loggedOut).expectStatus().isNoContent();
        desk.logOut(loggedOut).expectStatus().isNoContent();
        assertThat(problem(desk.refresh(loggedOut).expectStatus().isUnauthorized()))
                .isEqualTo("refresh-refused");

        service.jdbc()
                .sql("UPDATE refresh_token SET expires_at = expires_at - interval '31 days'")
                .update();
        assertThat(problem(desk.refresh(old).expectStatus().isUnauthorized())).isEqualTo("refresh-refused");
        var unknown = desk.post("/v1/auth/refresh", Map.of("refreshToken", "guessed"));
        assertThat(problem(unknown.expectStatus().isUnauthorized())).isEqualTo("refresh-refused");
    }
}
