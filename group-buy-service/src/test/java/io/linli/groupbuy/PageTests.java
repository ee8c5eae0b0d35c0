package io.linli.groupbuy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.kit.web.Problem;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTests {

    @Test
    void the_cursor_of_a_page_leads_to_the_row_after_it() {
        var ids = List.of(new UUID(9, 9), new UUID(8, -8), new UUID(7, 7));

        var page = Page.byId(ids, new Page.Request(2, null), Function.identity());

        assertThat(page.items()).hasSize(2);
        assertThat(new Page.Request(2, page.next()).below()).isEqualTo(new UUID(8, -8));
    }

    @Test
    void the_last_page_has_no_cursor() {
        assertThat(Page.byNumber(List.of(1, 2), new Page.Request(2, null), Function.identity())
                        .next())
                .isNull();
    }

    @Test
    void numbers_survive_the_cursor() {
        var page = Page.byNumber(List.of(41, 42, 43), new Page.Request(2, null), Function.identity());

        assertThat(new Page.Request(2, page.next()).above()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "not base64!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void a_cursor_we_did_not_give_is_refused(String cursor) {
        var request = new Page.Request(2, cursor);

        assertThatThrownBy(request::below).isInstanceOf(Problem.class).hasMessage("cursor-invalid");
        assertThatThrownBy(request::above).isInstanceOf(Problem.class).hasMessage("cursor-invalid");
    }
}
