package io.linli.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.sample.SampleApplication;
import io.linli.kit.testing.ServiceUnderTest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

class WritesTests {

    @RegisterExtension
    static final ServiceUnderTest service = SampleApplication.underTest();

    private static final String REPLAYED = "Idempotent-Replayed";

    private final UUID community = UUID.randomUUID();
    private final String token = service.tokens().member(community, UUID.randomUUID(), "resident");
    private final String key = UUID.randomUUID().toString();

    private EntityExchangeResult<byte[]> write(String text) {
        return write(token, community, key, text);
    }

    private static EntityExchangeResult<byte[]> write(String token, UUID community, String key, String text) {
        return service.client(token)
                .post()
                .uri("/v1/communities/{c}/notes", community)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"text\": \"%s\"}".formatted(text))
                .exchange()
                .expectBody()
                .returnResult();
    }

    private static String text(EntityExchangeResult<byte[]> result) {
        return new String(result.getResponseBody(), StandardCharsets.UTF_8);
    }

    private long notes(UUID community) {
        return service.jdbc()
                .sql("SELECT count(*) FROM note WHERE community_id = ?")
                .param(community)
                .query(Long.class)
                .single();
    }

    @Test
    void a_repeated_write_has_its_effect_once_and_the_same_answer_to_the_byte() {
        var first = write("早上好 \\u00e9");
        var second = write("早上好 \\u00e9");

        assertThat(first.getStatus().value()).isEqualTo(200);
        assertThat(first.getResponseHeaders().containsHeader(REPLAYED)).isFalse();
        assertThat(second.getStatus().value()).isEqualTo(200);
        assertThat(second.getResponseHeaders().getFirst(REPLAYED)).isEqualTo("true");
        assertThat(second.getResponseBody()).isEqualTo(first.getResponseBody());
        assertThat(second.getResponseHeaders().getContentType())
                .isEqualTo(first.getResponseHeaders().getContentType());
        assertThat(notes(community)).isEqualTo(1);
    }

    @Test
    void twenty_writes_at_once_with_one_key_have_one_effect() {
        var answers = IntStream.range(0, 20)
                .parallel()
                .mapToObj(_ -> write("together"))
                .toList();

        assertThat(notes(community)).isEqualTo(1);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.getStatus().value()).isIn(200, 409));
        var accepted = answers.stream()
                .filter(answer -> answer.getStatus().value() == 200)
                .toList();
        assertThat(accepted).isNotEmpty();
        assertThat(accepted.stream().map(WritesTests::text).distinct()).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.getStatus().value() == 409))
                .allSatisfy(refused -> assertThat(text(refused)).contains("/problems/request-in-flight"));
        service.events().await("note.written.v1", event -> event.community().equals(community));
        assertThat(service.events().heard("note.written.v1").stream()
                        .filter(event -> event.community().equals(community)))
                .hasSize(1);
    }

    @Test
    void a_key_used_for_another_body_is_refused() {
        write("one");

        var other = write("two");

        assertThat(other.getStatus().value()).isEqualTo(422);
        assertThat(text(other)).contains("/problems/idempotency-key-reused");
        assertThat(notes(community)).isEqualTo(1);
    }

    @Test
    void a_key_used_for_another_operation_is_refused() {
        write("one");

        service.client(token)
                .put()
                .uri("/v1/communities/{c}/notes/{n}", community, UUID.randomUUID())
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"text\": \"one\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void callers_and_communities_do_not_share_keys() {
        var other = UUID.randomUUID();
        var subject = UUID.randomUUID();
        var both = service.tokens()
                .token(subject)
                .member(community, subject)
                .roles("resident")
                .member(other, subject)
                .roles("resident")
                .sign();

        write("mine");
        write(both, community, key, "mine");
        write(both, other, key, "mine");

        assertThat(notes(community)).isEqualTo(2);
        assertThat(notes(other)).isEqualTo(1);
    }

    @Test
    void a_refusal_leaves_nothing_and_is_decided_anew() {
        var first = write("refused");
        var second = write("refused");

        assertThat(first.getStatus().value()).isEqualTo(409);
        assertThat(second.getStatus().value()).isEqualTo(409);
        assertThat(second.getResponseHeaders().containsHeader(REPLAYED)).isFalse();
        assertThat(notes(community)).isZero();
        var kept = service.jdbc()
                .sql(
                        "SELECT (SELECT count(*) FROM idempotency WHERE key = ?) + (SELECT count(*) FROM outbox WHERE community_id = ?)")
                .params(key, community)
                .query(Long.class)
                .single();
        assertThat(kept).isZero();
    }

    @Test
    void an_answer_without_a_body_is_replayed_too() {
        var noteId = text(write("short-lived")).replaceAll(".*\"noteId\":\"([^\"]*)\".*", "$1");
        for (var replayed : new boolean[] {false, true}) {
            var answer = service.client(token)
                    .delete()
                    .uri("/v1/communities/{c}/notes/{n}", community, noteId)
                    .header("Idempotency-Key", "removal-" + key)
                    .exchange()
                    .expectStatus()
                    .isNoContent()
                    .expectBody()
                    .isEmpty();
            assertThat(answer.getResponseHeaders().containsHeader(REPLAYED)).isEqualTo(replayed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with blank", "\u00e9", "x\ty"})
    void a_key_of_other_characters_is_refused(String wrong) {
        var answer = write(token, community, wrong, "hello");

        assertThat(answer.getStatus().value()).isEqualTo(400);
        assertThat(notes(community)).isZero();
    }

    @Test
    void a_key_may_have_128_characters_and_no_more() {
        assertThat(write(token, community, "k".repeat(128), "hello").getStatus().value())
                .isEqualTo(200);
        assertThat(write(token, community, "k".repeat(129), "hello").getStatus().value())
                .isEqualTo(400);
    }
}
