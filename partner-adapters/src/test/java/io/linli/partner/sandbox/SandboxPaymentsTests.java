package io.linli.partner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.Await;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SandboxPaymentsTests extends SandboxScene {
    private final UUID payment = UUID.randomUUID();

    @Test
    void a_payment_told_of_three_times_succeeds_once() {
        pay(await("payable"), Map.of("noticeCopies", 3));

        await("paid");
        awaitAllTold();
        assertThat(told("payment.succeeded.v1")).hasSize(1);
        assertThat(told("payment.succeeded.v1").getFirst().get("amountFen").asLong())
                .isEqualTo(1900);
    }

    @Test
    void a_lost_notice_is_made_up_for_by_asking() {
        pay(await("payable"), Map.of("noticeCopies", 0));

        await("paid");
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM sandbox_notice WHERE notice_id = ?")
                        .param("paid-" + payment)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_late_notice_comes_after_the_refund_it_was_before() {
        pay(await("payable"), Map.of("noticeDelayMillis", 60_000));
        requestRefund(700);

        service.events().await("payment.refunded.v1", event -> event.subject().equals(payment));
    }

    @Test
    void what_nobody_pays_in_time_has_failed() {
        request(Instant.now().plusMillis(1_500));

        var failed = service.events()
                .await("payment.failed.v1", event -> event.subject().equals(payment));

        assertThat(failed.data().get("reason").asString()).isEqualTo("expired");
    }

    @Test
    void a_bank_that_says_no_closes_the_payment() {
        var prepayId = await("payable").get("prepayId").asString();

        assertThat(post("/sandbox/payments/" + prepayId + "/payment", Map.of("outcome", "closed")))
                .isEqualTo(200);
        assertThat(post("/sandbox/payments/" + prepayId + "/payment", Map.of())).isEqualTo(409);

        await("closed");
    }

    @Test
    void two_hundred_phones_pay_once() {
        var prepayId = await("payable").get("prepayId").asString();

        var answers = together(200, _ -> post("/sandbox/payments/" + prepayId + "/payment", Map.of()));

        assertThat(answers).containsOnlyOnce(200);
        await("paid");
        awaitAllTold();
        assertThat(told("payment.succeeded.v1")).hasSize(1);
    }

    @Test
    void two_hundred_refunds_give_back_what_was_paid_and_no_more() {
        pay(await("payable"), Map.of());
        var refunds = "/sandbox/payments/prepayments/" + payment + "/refunds";

        together(200, _ -> post(refunds, Map.of("reference", UUID.randomUUID(), "amountFen", 100)));

        assertThat(service.jdbc()
                        .sql("SELECT sum(amount_fen) FROM sandbox_refund WHERE payment = ?")
                        .param(payment.toString())
                        .query(Long.class)
                        .single())
                .isEqualTo(1900);
    }

    @Test
    void one_refund_asked_for_by_two_hundred_is_given_once() {
        pay(await("payable"), Map.of());
        var refunds = "/sandbox/payments/prepayments/" + payment + "/refunds";
        var reference = UUID.randomUUID();

        var answers = together(200, _ -> post(refunds, Map.of("reference", reference, "amountFen", 100)));

        assertThat(answers).contains(200);
        assertThat(service.jdbc()
                        .sql("SELECT refunded_fen FROM sandbox_prepayment WHERE reference = ?")
                        .param(payment.toString())
                        .query(Long.class)
                        .single())
                .isEqualTo(100);
    }

    private JsonNode await(String state) {
        if (state.equals("payable")) {
            request(Instant.now().plusSeconds(900));
        }
        return Await.untilPresent(
                state,
                SOON,
                () -> payments().stream()
                        .filter(found -> found.get("state").asString().equals(state))
                        .findFirst());
    }

    private void request(Instant payBy) {
        var data = new LinkedHashMap<String, Object>();
        data.put("paymentId", payment);
        data.put("orderId", UUID.randomUUID());
        data.put("groupBuyId", UUID.randomUUID());
        data.put("householdId", UUID.randomUUID());
        data.put("title", "周二蔬菜");
        data.put("amountFen", 1900);
        data.put("payBy", payBy.truncatedTo(ChronoUnit.MILLIS).toString());
        service.events().publish(community, "payment.requested.v1", payment, data);
    }

    private void requestRefund(long amountFen) {
        var refund = UUID.randomUUID();
        var data =
                Map.of("refundId", refund, "paymentId", payment, "orderId", UUID.randomUUID(), "amountFen", amountFen);
        service.events().publish(community, "refund.requested.v1", refund, data);
    }

    private static void pay(JsonNode payable, Map<String, Object> manner) {
        var path = payable.get("payUrl").asString().replaceFirst("^https?://[^/]+", "");
        assertThat(post(path, manner)).isEqualTo(200);
    }

    private static int post(String path, Map<String, Object> body) {
        return service.client()
                .post()
                .uri(path)
                .bodyValue(body)
                .exchange()
                .returnResult()
                .getStatus()
                .value();
    }

    private List<JsonNode> payments() {
        var found = service.client(service.tokens().member(community, UUID.randomUUID(), "coordinator"))
                .get()
                .uri("/v1/communities/{c}/payments", community)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        return found.get("items").valueStream().toList();
    }

    private void awaitAllTold() {
        Await.until(
                "every notice told and every event published",
                SOON,
                () -> service.jdbc()
                                .sql("""
                                SELECT (SELECT count(*) FROM sandbox_notice
                                         WHERE notice_id = :notice AND next_attempt_at IS NOT NULL)
                                     + (SELECT count(*) FROM outbox WHERE community_id = :community)""")
                                .param("notice", "paid-" + payment)
                                .param("community", community)
                                .query(Long.class)
                                .single()
                        == 0);
    }

    private List<JsonNode> told(String type) {
        return service.events().heard(type).stream()
                .filter(event -> event.subject().equals(payment))
                .map(event -> event.data())
                .toList();
    }

    private static List<Integer> together(int count, java.util.function.IntFunction<Integer> client) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.invokeAll(IntStream.range(0, count)
                    .<Callable<Integer>>mapToObj(number -> () -> client.apply(number))
                    .toList());
            var answers = new java.util.ArrayList<Integer>();
            for (var each : running) {
                answers.add(each.get());
            }
            return answers;
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }
}
