package io.linli.community.privacy;

import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpMethod;

class ReadableTextTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood neighbourhood = new Neighbourhood(service);

    @Test
    void nothing_in_the_database_names_a_person_a_phone_or_a_room() {
        var place = neighbourhood.place();
        var secrets = new String[] {"诸葛不亮", "13798765432", "R7788"};
        var home = neighbourhood.home(place, secrets[2], person(secrets[0], secrets[1], "resident", "keeper"));
        send(
                        neighbourhood.resident(home, "keeper"),
                        HttpMethod.POST,
                        in(place.community(), "/household-lookups"),
                        Map.of("phone", secrets[1]))
                .expectStatus()
                .isOk();
        get(
                        neighbourhood.resident(home, "resident"),
                        in(place.community(), "/households/" + home.household() + "/door"))
                .expectStatus()
                .isOk();

        var tables = service.jdbc()
                .sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                .query(String.class)
                .list();

        assertThat(tables).contains("household", "member", "idempotency", "outbox", "reveal");
        for (var table : tables) {
            for (var secret : secrets) {
                assertThat(rowsWith(table, secret))
                        .as("%s in %s", secret, table)
                        .isZero();
            }
        }
        assertThat(rowsWith("building", "12 号楼"))
                .as("the search finds what is there")
                .isPositive();
    }

    /// Looks for the text as text and for its bytes inside binary columns.
    private static long rowsWith(String table, String secret) {
        return service.jdbc()
                .sql("SELECT count(*) FROM \"" + table + "\" AS t WHERE t::text LIKE '%' || :secret || '%'"
                        + " OR t::text LIKE '%' || encode(convert_to(:secret, 'UTF8'), 'hex') || '%'")
                .param("secret", secret)
                .query(Long.class)
                .single();
    }
}
