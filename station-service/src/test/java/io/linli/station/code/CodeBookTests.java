package io.linli.station.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.station.StationSettings;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodeBookTests {
    private static final CodeBook BOOK = book((byte) 1);

    private static CodeBook book(byte filling) {
        var key = new byte[32];
        java.util.Arrays.fill(key, filling);
        return new CodeBook(settings(Base64.getEncoder().encodeToString(key)));
    }

    private static StationSettings settings(String codeKey) {
        return new StationSettings(codeKey, 5, Duration.ofSeconds(60), Duration.ofHours(1), 30, Duration.ofMinutes(10));
    }

    @Test
    void a_code_has_eight_characters_that_nobody_mixes_up() {
        var random = new Random(1);
        var seen = new HashSet<String>();
        for (var draw = 0; draw < 20_000; draw++) {
            var nonce = new byte[16];
            random.nextBytes(nonce);
            var code = BOOK.toCode(nonce);
            assertThat(code).hasSize(8).matches("[2-9A-HJKMNP-Z]{8}");
            seen.add(code);
        }
        assertThat(seen).hasSizeGreaterThan(19_990);
    }

    @Test
    void every_character_is_as_likely() {
        var counts = new int[128];
        var random = new Random(2);
        for (var draw = 0; draw < 31_000; draw++) {
            var nonce = new byte[16];
            random.nextBytes(nonce);
            BOOK.toCode(nonce).chars().forEach(character -> counts[character]++);
        }
        CodeBook.ALPHABET
                .chars()
                .forEach(character ->
                        assertThat(counts[character]).as("%c", character).isBetween(7_500, 8_500));
    }

    @Test
    void the_same_nonce_gives_the_same_code_and_another_key_another() {
        var nonce = new byte[] {1, 2, 3};

        assertThat(BOOK.toCode(nonce)).isEqualTo(book((byte) 1).toCode(nonce));
        assertThat(BOOK.toCode(nonce)).isNotEqualTo(book((byte) 2).toCode(nonce));
        assertThat(BOOK.toLookup("K7MQ4XWP")).isNotEqualTo(book((byte) 2).toLookup("K7MQ4XWP"));
    }

    @Test
    void spaces_hyphens_and_small_letters_do_not_matter() {
        assertThat(BOOK.toLookup("k7mq 4x-wp")).isEqualTo(BOOK.toLookup("K7MQ4XWP"));
        assertThat(BOOK.toLookup("K7MQ4XWQ")).isNotEqualTo(BOOK.toLookup("K7MQ4XWP"));
    }

    @Test
    void a_key_that_is_missing_short_or_no_base64_is_refused() {
        assertThatThrownBy(() -> settings(" ")).hasMessageContaining("linli.station.code-key");
        assertThatThrownBy(() -> new CodeBook(settings("AAAA"))).hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> new CodeBook(settings("???"))).hasMessageContaining("base64");
    }
}
