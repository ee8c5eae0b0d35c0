package io.linli.community.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "13800138000",
                "+8613800138000",
                "+86 138-0013-8000",
                "0086 138 0013 8000",
                "8613800138000",
                "１３８００１３８０００",
                "013800138000",
                "(+86)138.0013.8000"
            })
    void every_spelling_of_a_number_is_the_same_number(String typed) {
        assertThat(Phone.parse(typed)).contains(new Phone("+8613800138000"));
    }

    @ParameterizedTest
    @CsvSource({"0512-52345678,+8651252345678", "010 8888 8888,+861088888888", "+44 20 7946 0958,+442079460958"})
    void landlines_and_foreign_numbers_are_numbers_too(String typed, String e164) {
        assertThat(Phone.parse(typed)).contains(new Phone(e164));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "abc",
                "12345",
                "1380013800",
                "138001380000",
                "12800138000",
                "+",
                "+86",
                "+0123456789",
                "13800138000;",
                "138001380００a",
                "+1234567890123456",
                "\u0000"
            })
    void what_is_no_number_is_none(String typed) {
        assertThat(Phone.parse(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"13800138000,138******00", "+442079460958,442*******58", "010 8888 8888,10******88", "+1234567,******7"
    })
    void at_least_six_digits_are_hidden_from_others(String typed, String masked) {
        var shown = Phone.parse(typed).orElseThrow().masked();

        assertThat(shown).isEqualTo(masked);
        assertThat(shown.chars().filter(character -> character == '*').count()).isGreaterThanOrEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"13800138000,138****8000", "+1234567,******7"})
    void the_owner_sees_more(String typed, String masked) {
        assertThat(Phone.parse(typed).orElseThrow().maskedForOwner()).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"13800138000", "+442079460958"})
    void a_phone_that_is_printed_by_mistake_is_masked(String typed) {
        assertThat(Phone.parse(typed).orElseThrow()).asString().contains("******");
    }
}
