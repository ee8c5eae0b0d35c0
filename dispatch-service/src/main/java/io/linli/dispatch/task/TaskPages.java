package io.linli.dispatch.task;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The tasks, for those who read them.
@Repository
class TaskPages {

    private final DatabaseClient database;

    TaskPages(DatabaseClient database) {
        this.database = database;
    }

    /// Whose tasks: all of them, those a volunteer holds, those of a household, or of a building.
    sealed interface View {
        record All() implements View {}

        record Mine(UUID volunteer) implements View {}

        record Household(UUID household) implements View {}

        record Building(UUID building) implements View {}
    }

    record Wanted(View view, @Nullable String state, UUID after, int rowsMax) {}

    Mono<Task> find(UUID community, UUID id) {
        return database.sql("SELECT " + TaskRows.COLUMNS + " FROM task WHERE task_id = $1 AND community_id = $2")
                .bind(0, id)
                .bind(1, community)
                .map(TaskRows::toTask)
                .one();
    }

    Mono<List<Task>> list(UUID community, Wanted wanted) {
        var query = database.sql("SELECT " + TaskRows.COLUMNS + " FROM task WHERE " + restriction(wanted.view()) + """
                         AND community_id = $2 AND task_id > $3 AND ($4::text IS NULL OR state = $4)
                        ORDER BY task_id LIMIT $5""")
                .bind(0, restricted(community, wanted.view()))
                .bind(1, community)
                .bind(2, wanted.after())
                .bind(4, wanted.rowsMax());
        return (wanted.state() == null ? query.bindNull(3, String.class) : query.bind(3, wanted.state()))
                .map(TaskRows::toTask)
                .all()
                .collectList();
    }

    private static String restriction(View view) {
        return switch (view) {
            case View.All _ -> "community_id = $1";
            case View.Mine _ -> "volunteer_id = $1";
            case View.Household _ -> "household_id = $1";
            case View.Building _ -> "building_id = $1";
        };
    }

    private static UUID restricted(UUID community, View view) {
        return switch (view) {
            case View.All _ -> community;
            case View.Mine(var volunteer) -> volunteer;
            case View.Household(var household) -> household;
            case View.Building(var building) -> building;
        };
    }
}
