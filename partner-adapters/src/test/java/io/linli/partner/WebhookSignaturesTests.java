package io.linli.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/// *Source:* the test vector of Standard Webhooks 1.0.0.
class WebhookSignaturesTests {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIME = 1614265330L;
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void the_vector_of_the_standard_comes_out() {
        assertThat(new WebhookSecret(SECRET).sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
        assertThat(fits(SIGNATURE, BODY, 0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-300, true", "300, true", "-301, false", "301, false"})
    void a_message_is_good_for_five_minutes_either_way(long secondsOff, boolean good) {
        assertThat(fits(SIGNATURE, BODY, secondsOff)).isEqualTo(good);
    }

    @Test
    void one_fitting_signature_of_several_is_enough() {
        assertThat(fits("v1,AAAA v2,BBBB " + SIGNATURE, BODY, 0)).isTrue();
    }

    @Test
    void while_rotating_both_secrets_are_good_and_afterwards_one() {
        var fromOld = new WebhookSecret(OTHER).sign(ID, TIME, BODY);

        assertThat(signatures(SECRET, OTHER, 0).fit(headers(fromOld), bytes(BODY)))
                .isTrue();
        assertThat(signatures(SECRET, null, 0).fit(headers(fromOld), bytes(BODY)))
                .isFalse();
        assertThat(signatures(SECRET, "", 0).fit(headers(fromOld), bytes(BODY))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"test\":2432232314}", "", "{\"test\": 2432232315}"})
    void any_other_body_does_not_fit(String body) {
        assertThat(fits(SIGNATURE, body, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "v1,", "v1", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v2,g0hM9SsE"})
    void nothing_else_passes_for_a_signature(String signature) {
        assertThat(fits(signature, BODY, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void without_one_of_the_headers_nothing_fits(String missing) {
        var headers = headers(SIGNATURE);
        headers.remove(missing);

        assertThat(signatures(SECRET, null, 0).fit(headers, bytes(BODY))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "99999999999999999999", "1614265330.5"})
    void a_time_that_is_none_does_not_fit(String time) {
        var headers = headers(SIGNATURE);
        headers.set("webhook-timestamp", time);

        assertThat(signatures(SECRET, null, 0).fit(headers, bytes(BODY))).isFalse();
    }

    private static boolean fits(String signature, String body, long secondsOff) {
        return signatures(SECRET, null, secondsOff).fit(headers(signature), bytes(body));
    }

    private static WebhookSignatures signatures(String secret, @Nullable String old, long secondsOff) {
        var clock = Clock.fixed(Instant.ofEpochSecond(TIME + secondsOff), ZoneOffset.UTC);
        return new WebhookSignatures(secret, old, Duration.ofMinutes(5), clock);
    }

    private static HttpHeaders headers(String signature) {
        var headers = new HttpHeaders();
        headers.set("webhook-id", ID);
        headers.set("webhook-timestamp", Long.toString(TIME));
        headers.set("webhook-signature", signature);
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
