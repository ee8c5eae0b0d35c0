package io.linli.groupbuy.recurring;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.kit.web.Problem;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `group_buy_template`.
@Repository
class Templates {
    private final DatabaseClient database;

    Templates(DatabaseClient database) {
        this.database = database;
    }

    /// *Errors:* 409 `template-exists`.
    Mono<Template> insert(Template template, Instant now) {
        return database.sql("""
                        INSERT INTO group_buy_template (id, community_id, name, group_buy_id, created_at)
                        VALUES (:id, :community, :name, :groupBuy, :now)""")
                .bind("id", template.id())
                .bind("community", template.community())
                .bind("name", template.name())
                .bind("groupBuy", template.groupBuyId())
                .bind("now", now)
                .then()
                .onErrorMap(
                        DuplicateKeyException.class,
                        _ -> Problem.of(HttpStatus.CONFLICT, "template-exists", template.name()))
                .thenReturn(template);
    }

    /// *Errors:* 404 `template-unknown`.
    Mono<Template> get(UUID id) {
        return database.sql("SELECT id, community_id, name, group_buy_id FROM group_buy_template WHERE id = :id")
                .bind("id", id)
                .map(Templates::toTemplate)
                .one()
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "template-unknown")));
    }

    Mono<List<Template>> list(UUID community, Page.Request page) {
        return database.sql("""
                        SELECT id, community_id, name, group_buy_id FROM group_buy_template
                         WHERE community_id = :community AND id < :below
                         ORDER BY id DESC LIMIT :rows""")
                .bind("community", community)
                .bind("below", page.below())
                .bind("rows", page.rows())
                .map(Templates::toTemplate)
                .all()
                .collectList();
    }

    private static Template toTemplate(Readable row) {
        return new Template(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, String.class),
                required(row, 3, UUID.class));
    }
}
