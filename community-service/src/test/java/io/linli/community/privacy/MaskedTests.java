package io.linli.community.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTests {
    @ParameterizedTest
    @CsvSource({"王小梅,王*", "欧阳,欧*", "John Smith,J*", "𠮷田,𠮷*"})
    void a_name_keeps_its_first_character_only(String name, String masked) {
        assertThat(Masked.name(name)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"1201,1***", "502A,5***", "8,*", "𠮷1,𠮷*"})
    void a_room_keeps_its_first_character_only(String room, String masked) {
        assertThat(Masked.room(room)).isEqualTo(masked);
    }
}
