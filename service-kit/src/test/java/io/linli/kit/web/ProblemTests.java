package io.linli.kit.web;

import io.linli.kit.sample.SampleApplication;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

class ProblemTests {

    @RegisterExtension
    static final ServiceUnderTest service = SampleApplication.underTest();

    private final UUID community = UUID.randomUUID();
    private final String token = service.tokens().member(community, UUID.randomUUID(), "resident");

    private WebTestClient.ResponseSpec write(String body, String language) {
        return service.client()
                .post()
                .uri("/v1/communities/{c}/notes", community)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Accept-Language", language)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    @TestFactory
    Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
        return WrongUse.of(service)
                .inWrongState(
                        "writeNote",
                        "note-refused",
                        () -> new WrongUse.Attempt(token, Map.of("text", "refused"), community))
                .allowedInEveryState("changeNote", "removeNote")
                .tests();
    }

    @Test
    void what_is_said_twice_in_a_body_is_refused() {
        write("{\"text\": \"one\", \"text\": \"two\"}", "en").expectStatus().isEqualTo(400);
    }

    @Test
    void the_detail_is_chinese_unless_english_is_asked_for() {
        write("{\"text\": \"refused\"}", "fr, zh-TW;q=0.1")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/note-refused")
                .jsonPath("$.status")
                .isEqualTo(409)
                .jsonPath("$.detail")
                .isEqualTo("便条“refused”不受欢迎。");
        write("{\"text\": \"refused\"}", "en-GB, en;q=0.9, zh;q=0.5")
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("The note \"refused\" isn't welcome.");
    }

    @Test
    void a_language_header_that_cannot_be_read_means_chinese() {
        write("{\"text\": \"refused\"}", "!!,,;q=x")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("便条“refused”不受欢迎。");
    }

    @Test
    void a_wrong_field_is_named() {
        write("{\"text\": \"%s\"}".formatted("x".repeat(41)), "en")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/invalid-request")
                .jsonPath("$.errors[0].field")
                .isEqualTo("text");
    }

    @Test
    void a_field_of_a_wrong_type_or_an_unknown_field_is_refused() {
        write("{\"text\": {\"a\": 1}}", "en").expectStatus().isBadRequest();
        write("{\"text\": 5}", "en").expectStatus().isBadRequest();
        write("{\"text\": \"a\", \"more\": 1}", "en").expectStatus().isBadRequest();
        write("{}", "en").expectStatus().isBadRequest();
        write("", "en").expectStatus().isBadRequest();
        write("null", "en").expectStatus().isBadRequest();
    }

    @ParameterizedTest
    @CsvSource({"count?millis=-1, millis", "count?millis=abc, millis", "no-uuid, noteId"})
    void a_wrong_parameter_is_named_as_the_contract_names_it(String path, String field) {
        service.client(token)
                .get()
                .uri("/v1/communities/{c}/notes/" + path, community)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    /// Without a length in its header a body is only found too large while it is read.
    @Test
    void a_huge_body_in_chunks_is_refused_and_the_next_request_is_served() {
        for (int round = 0; round < 5; round++) {
            service.client(token)
                    .post()
                    .uri("/v1/communities/{c}/notes", community)
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Flux.range(0, 400).map(_ -> "x".repeat(1_000)), String.class)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(413)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("/problems/body-too-large");
            write("{\"text\": \"small\"}", "en").expectStatus().isOk();
        }
    }

    @Test
    void an_unknown_route_and_an_unoffered_method_are_told_apart() {
        service.client(token)
                .get()
                .uri("/v1/nothing")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/not-found");
        service.client(token)
                .patch()
                .uri("/v1/communities/{c}/notes", community)
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueMatches("Content-Type", "application/problem\\+json.*");
    }

    @Test
    void an_answer_in_another_media_type_is_refused() {
        service.client(token)
                .get()
                .uri("/v1/communities/{c}/notes/count", community)
                .accept(MediaType.APPLICATION_XML)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/not-acceptable");
    }

    @Test
    void a_foreign_row_is_not_there() {
        write("{\"text\": \"mine\"}", "en").expectStatus().isOk();
        var mine = service.jdbc()
                .sql("SELECT id FROM note WHERE community_id = ? AND text = 'mine'")
                .param(community)
                .query(UUID.class)
                .single();
        var other = UUID.randomUUID();
        var stranger = service.tokens().member(other, UUID.randomUUID(), "resident");

        service.client(stranger)
                .get()
                .uri("/v1/communities/{c}/notes/{n}", other, mine)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.detail")
                .value(Matchers.is("There is no such note."));
        service.client(token)
                .get()
                .uri("/v1/communities/{c}/notes/{n}", community, mine)
                .exchange()
                .expectStatus()
                .isOk();
    }
}
