package io.linli.partner.referral;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.partner.PartnerApplication;
import io.linli.partner.TestSettings;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReferralWebTests {
    private static final String REPORT = "{\"text\": \"Spoke for half an hour\"}";

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(PartnerApplication.class, "partner-adapters")
            .with("linli.partner.courier-webhook-secret", TestSettings.SECRET)
            .with("linli.partner.payments.webhook-secret", TestSettings.SECRET);

    private final ReferralScene scene = new ReferralScene(service);

    @Test
    void a_partner_reads_accepts_and_reports_and_each_answer_is_told_once() {
        var referral = scene.referred();
        scene.get(scene.client(), "/" + referral)
                .expectBody()
                .jsonPath("$.text")
                .isEqualTo(ReferralScene.TEXT)
                .jsonPath("$.referral.state")
                .isEqualTo("waiting");

        scene.answer(scene.client(), referral, "acceptance", "").expectStatus().isOk();
        var key = UUID.randomUUID().toString();
        scene.answer(scene.client(), referral, "report", key, REPORT)
                .expectStatus()
                .isOk();
        scene.answer(scene.client(), referral, "report", key, REPORT)
                .expectHeader()
                .valueEquals("Idempotent-Replayed", "true");

        var reported = service.events()
                .await(
                        "referral.answered.v1",
                        heard -> heard.subject().equals(referral)
                                && heard.data().get("answer").asString().equals("reported"));
        assertThat(reported.data().get("text").asString()).isEqualTo("Spoke for half an hour");
        assertThat(service.events().heard("referral.answered.v1").stream()
                        .filter(heard -> heard.subject().equals(referral)))
                .hasSize(2);
        scene.get(scene.client(), "/" + referral)
                .expectBody()
                .jsonPath("$.text")
                .doesNotExist();
    }

    @Test
    void a_referral_is_there_for_its_own_partner_only() {
        var referral = scene.referred();
        var other = scene.other("partner");

        scene.get(other, "/" + referral).expectStatus().isNotFound();
        scene.answer(other, referral, "acceptance", "").expectStatus().isNotFound();
        scene.answer(other, referral, "refusal", "").expectStatus().isNotFound();
        scene.answer(other, referral, "report", REPORT).expectStatus().isNotFound();
        scene.get(other, "").expectBody().jsonPath("$.items").isEmpty();
        for (var role : List.of("coordinator", "resident", "volunteer")) {
            scene.get(scene.other(role), "/" + referral).expectStatus().isForbidden();
        }
        var elsewhere = service.client(service.tokens().member(UUID.randomUUID(), scene.partner, "partner"));
        scene.get(elsewhere, "/" + referral).expectStatus().isForbidden();
    }

    @Test
    void no_list_and_no_stored_answer_shows_what_the_household_said() {
        scene.accepted();

        var list = scene.get(scene.client(), "")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        var stored = service.jdbc()
                .sql("SELECT string_agg(answer, '') FROM idempotency WHERE community_id = ?")
                .param(scene.community)
                .query(String.class)
                .single();

        assertThat(list + stored).contains("accepted").doesNotContain(ReferralScene.TEXT);
    }

    @Test
    void a_withdrawn_referral_is_over_for_its_partner() {
        var referral = scene.accepted();

        scene.withdraw(referral);

        Await.until(
                "the referral to be withdrawn",
                ReferralScene.SOON,
                () -> state(referral).equals("withdrawn"));
        scene.answer(scene.client(), referral, "report", REPORT)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/referral-ended");
    }

    private String state(UUID referral) {
        return service.jdbc()
                .sql("SELECT state FROM referral WHERE id = ?")
                .param(referral)
                .query(String.class)
                .single();
    }

    @Test
    void of_answers_that_come_at_once_one_counts() throws Exception {
        var referral = scene.referred();
        Callable<Integer> decline = () -> scene.answer(scene.client(), referral, "refusal", "")
                .returnResult(Void.class)
                .getStatus()
                .value();

        try (var clients = Executors.newFixedThreadPool(8)) {
            var statuses = clients.invokeAll(java.util.Collections.nCopies(8, decline)).stream()
                    .map(done -> done.resultNow())
                    .toList();
            assertThat(statuses).containsOnly(200, 409);
            assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
        }
    }

    @Test
    void pages_go_from_the_newest_to_the_oldest() {
        var first = scene.referred();
        var second = scene.referred();

        var page = scene.get(scene.client(), "?limit=1")
                .expectBody(io.linli.partner.api.ReferralPage.class)
                .returnResult()
                .getResponseBody();
        var rest = scene.get(scene.client(), "?limit=1&cursor=" + page.getNext())
                .expectBody(io.linli.partner.api.ReferralPage.class)
                .returnResult()
                .getResponseBody();

        assertThat(List.of(
                        page.getItems().getFirst().getId(),
                        rest.getItems().getFirst().getId()))
                .containsExactlyInAnyOrder(first, second);
        assertThat(rest.getNext()).isNull();
    }
}
