package io.linli.kit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.kit.sample.Note;
import io.linli.kit.sample.Notes;
import io.linli.kit.sample.SampleApplication;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

class TenancyTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @RegisterExtension
    static final ServiceUnderTest service = SampleApplication.underTest();

    private final Transactions transactions = service.bean(Transactions.class);
    private final Notes notes = service.bean(Notes.class);
    private final DatabaseClient client = service.bean(DatabaseClient.class);
    private final UUID community = UUID.randomUUID();

    private Note write(String text) {
        return transactions.in(community, () -> notes.write(community, text)).block(LIMIT);
    }

    private Mono<Long> rows(String sql) {
        return client.sql(sql).fetch().rowsUpdated();
    }

    @Test
    void a_community_neither_sees_nor_changes_the_rows_of_another() {
        var note = write("mine");
        var other = UUID.randomUUID();

        assertThat(transactions.in(other, () -> notes.write(other, "theirs")).block(LIMIT))
                .isNotNull();
        assertThat(transactions
                        .in(other, () -> rows("UPDATE note SET text = 'stolen'"))
                        .block(LIMIT))
                .isEqualTo(1);
        assertThat(transactions
                        .in(other, () -> rows("DELETE FROM note WHERE id = '%s'".formatted(note.noteId())))
                        .block(LIMIT))
                .isZero();
        assertThat(service.jdbc()
                        .sql("SELECT text FROM note WHERE id = ?")
                        .param(note.noteId())
                        .query(String.class)
                        .single())
                .isEqualTo("mine");
    }

    @Test
    void a_row_for_another_community_cannot_be_written() {
        var other = UUID.randomUUID();

        assertThatThrownBy(() -> transactions
                        .in(other, () -> notes.write(community, "smuggled"))
                        .block(LIMIT))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("row-level security");
    }

    @Test
    void without_a_community_the_database_refuses_also_on_a_connection_used_before() {
        write("something to see");

        for (int attempt = 0; attempt < 20; attempt++) {
            assertThatThrownBy(() -> client.sql("SELECT text FROM note")
                            .fetch()
                            .all()
                            .collectList()
                            .block(LIMIT))
                    .isInstanceOf(DataAccessException.class);
        }
    }
}
