package io.linli.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CommandsTests {

    @Test
    void a_tool_answers_line_by_line() {
        assertThat(Commands.lines(Duration.ofSeconds(5), "printf", " one \\n\\ntwo\\n"))
                .containsExactly("one", "two");
    }

    @Test
    @Timeout(10)
    void a_tool_that_takes_too_long_answers_nothing() {
        assertThat(Commands.lines(Duration.ofMillis(200), "sleep", "30")).isEmpty();
    }

    @Test
    void a_tool_that_is_not_there_answers_nothing() {
        assertThat(Commands.firstLine("no-such-tool-anywhere")).isEmpty();
    }
}
