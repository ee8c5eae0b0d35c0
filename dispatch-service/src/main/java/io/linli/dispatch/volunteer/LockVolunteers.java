package io.linli.dispatch.volunteer;

import static io.linli.kit.data.Columns.required;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Takes hold of volunteers in the order in which assignments take hold of them, until the transaction ends.
@Component
public class LockVolunteers {

    private final DatabaseClient database;

    LockVolunteers(DatabaseClient database) {
        this.database = database;
    }

    /// Those of them who are registered.
    public Mono<List<UUID>> lock(UUID community, Collection<UUID> members) {
        return database.sql("""
                        SELECT member_id FROM volunteer WHERE community_id = $1 AND member_id = ANY ($2)
                        ORDER BY member_id FOR NO KEY UPDATE""")
                .bind(0, community)
                .bind(1, members.toArray(UUID[]::new))
                .map(row -> required(row, 0, UUID.class))
                .all()
                .collectList();
    }
}
