package io.linli.groupbuy.allocation;

import static io.linli.kit.data.Columns.required;

import io.linli.groupbuy.Page;
import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationRun.Head;
import io.linli.groupbuy.allocation.AllocationRun.Occasion;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// The table `allocation`: rows are added and never changed, which a trigger guards. Whoever adds holds the group buy.
@Repository
class Allocations {
    private static final String HEAD =
            "SELECT id, group_buy_id, item_id, run, occasion, policy, supply, claimed, granted, made_at";
    private static final String WHOLE = HEAD + ", input::text, grants::text";

    private final DatabaseClient database;
    private final JsonMapper json;

    Allocations(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    Mono<Void> insert(UUID community, List<AllocationRun> runs) {
        var heads = runs.stream().map(AllocationRun::head).toList();
        return database.sql("""
                        INSERT INTO allocation (id, community_id, group_buy_id, item_id, run, occasion, policy, supply,
                                                claimed, granted, made_at, input, grants)
                        SELECT made.id, $1, made.group_buy, made.item, made.run, made.occasion, made.policy,
                               made.supply, made.claimed, made.granted, made.at, made.input::jsonb, made.grants::jsonb
                          FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[],
                                      $8::bigint[], $9::bigint[], $10::bigint[], $11::timestamptz[], $12::text[],
                                      $13::text[])
                            AS made (id, group_buy, item, run, occasion, policy, supply, claimed, granted, at, input,
                                     grants)""")
                .bind(0, community)
                .bind(1, each(heads, Head::id, UUID[]::new))
                .bind(2, each(heads, Head::groupBuy, UUID[]::new))
                .bind(3, each(heads, Head::item, UUID[]::new))
                .bind(4, each(heads, Head::run, Integer[]::new))
                .bind(5, each(heads, head -> toText(head.occasion()), String[]::new))
                .bind(6, each(heads, head -> toText(head.policy()), String[]::new))
                .bind(7, each(heads, Head::supply, Long[]::new))
                .bind(8, each(heads, Head::claimed, Long[]::new))
                .bind(9, each(heads, Head::granted, Long[]::new))
                .bind(10, each(heads, Head::madeAt, Instant[]::new))
                .bind(11, each(runs, run -> json.writeValueAsString(run.input()), String[]::new))
                .bind(12, each(runs, run -> json.writeValueAsString(run.grants()), String[]::new))
                .then();
    }

    Mono<AllocationRun> find(UUID groupBuy, UUID id) {
        return database.sql(WHOLE + " FROM allocation WHERE group_buy_id = :groupBuy AND id = :id")
                .bind("groupBuy", groupBuy)
                .bind("id", id)
                .map(this::toRun)
                .one();
    }

    /// Newest first.
    Mono<List<Head>> list(UUID groupBuy, Page.Request page) {
        return database.sql(HEAD + """
                         FROM allocation WHERE group_buy_id = :groupBuy AND id < :below
                        ORDER BY id DESC LIMIT :rows""")
                .bind("groupBuy", groupBuy)
                .bind("below", page.below())
                .bind("rows", page.rows())
                .map(Allocations::toHead)
                .all()
                .collectList();
    }

    /// The newest run of each of these items.
    Mono<List<AllocationRun>> listNewest(Collection<UUID> items) {
        return database.sql(WHOLE + """
                         FROM allocation
                        WHERE item_id = ANY (:items)
                          AND run = (SELECT max(run) FROM allocation newest WHERE newest.item_id = allocation.item_id)
                        ORDER BY id""")
                .bind("items", items.toArray(UUID[]::new))
                .map(this::toRun)
                .all()
                .collectList();
    }

    private AllocationRun toRun(Readable row) {
        return new AllocationRun(
                toHead(row),
                json.readValue(required(row, 10, String.class), AllocationInput.class),
                List.of(json.readValue(required(row, 11, String.class), Grant[].class)));
    }

    private static Head toHead(Readable row) {
        return new Head(
                required(row, 0, UUID.class),
                required(row, 1, UUID.class),
                required(row, 2, UUID.class),
                required(row, 3, Integer.class),
                Occasion.valueOf(toConstant(required(row, 4, String.class))),
                Policy.valueOf(toConstant(required(row, 5, String.class))),
                required(row, 6, Long.class),
                required(row, 7, Long.class),
                required(row, 8, Long.class),
                required(row, 9, Instant.class));
    }

    private static String toText(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String toConstant(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static <F, T> T[] each(List<F> all, Function<F, T> part, IntFunction<T[]> array) {
        return all.stream().map(part).toArray(array);
    }
}
