package io.linli.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.linli.kit.data.Ids;
import io.linli.kit.web.Problem;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTests {
    private final List<UUID> three = List.of(Ids.next(), Ids.next(), Ids.next());

    @Test
    void one_row_more_than_the_limit_means_another_page_that_begins_after_the_last_item() {
        var page = Page.of(three, 2, Function.identity());

        assertThat(page.items()).isEqualTo(three.subList(0, 2));
        assertThat(Page.after(page.next())).isEqualTo(three.get(1));
        assertThat(Page.before(page.next())).isEqualTo(three.get(1));
    }

    @Test
    void a_full_page_without_another_row_is_the_last() {
        assertThat(Page.of(three, 3, Function.identity()).next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "AAAA", "0192f0c4-7a10-7c3e-9b52-3d1a5e0c7f11"})
    void a_cursor_that_no_list_gave_out_is_refused(String cursor) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Page.after(cursor))
                .satisfies(problem -> assertThat(problem.slug()).isEqualTo("cursor-invalid"));
    }
}
