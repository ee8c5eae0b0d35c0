package io.linli.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class TestServersTests {

    @Test
    void a_build_has_one_pair_of_servers() {
        assertThat(TestServers.get()).isSameAs(TestServers.get());
    }

    @Test
    void the_application_role_owns_nothing_and_bypasses_nothing() {
        try (var database = TestDatabase.create()) {
            var rights = database.jdbc()
                    .sql(
                            "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = ?")
                    .param(database.username())
                    .query(Boolean.class)
                    .single();

            assertThat(rights).isFalse();
            assertThatThrownBy(() -> database.jdbcAsApplication()
                            .sql("CREATE TABLE mine (id int)")
                            .update())
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void a_closed_database_is_gone_with_its_roles() throws SQLException {
        var database = TestDatabase.create();
        database.connect().close();

        database.close();

        try (var other = TestDatabase.create()) {
            var left = other.jdbc()
                    .sql("SELECT rolname FROM pg_roles WHERE rolname LIKE ?")
                    .param(database.name() + "%")
                    .query(String.class)
                    .list();
            assertThat(left).isEqualTo(List.of());
        }
    }
}
