package io.linli.groupbuy.supplier;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/// The table `supplier`.
@Repository
class Suppliers {
    private final DatabaseClient database;

    Suppliers(DatabaseClient database) {
        this.database = database;
    }

    Mono<Supplier> insert(UUID community, Supplier supplier, Instant now) {
        return database.sql("""
                        INSERT INTO supplier (id, community_id, name, created_at)
                        VALUES (:id, :community, :name, :now)""")
                .bind("id", supplier.id())
                .bind("community", community)
                .bind("name", supplier.name())
                .bind("now", now)
                .then()
                .thenReturn(supplier);
    }

    Mono<Supplier> find(UUID id) {
        return database.sql("SELECT id, name FROM supplier WHERE id = :id")
                .bind("id", id)
                .map(Suppliers::toSupplier)
                .one();
    }

    Mono<List<Supplier>> list(UUID community, Page.Request page) {
        return database.sql("""
                        SELECT id, name FROM supplier
                         WHERE community_id = :community AND id < :below
                         ORDER BY id DESC LIMIT :rows""")
                .bind("community", community)
                .bind("below", page.below())
                .bind("rows", page.rows())
                .map(Suppliers::toSupplier)
                .all()
                .collectList();
    }

    private static Supplier toSupplier(Readable row) {
        return new Supplier(required(row, 0, UUID.class), required(row, 1, String.class));
    }
}
