package io.linli.groupbuy.settlement;

import static io.linli.groupbuy.settlement.Books.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.settlement.Transaction.Posting;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerDatabaseTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private Books books;

    @BeforeEach
    void new_books() {
        books = new Books(service);
    }

    @Test
    void a_transaction_that_does_not_sum_to_zero_is_refused_by_the_database() {
        var transaction = UUID.randomUUID();
        head(transaction);

        assertThatThrownBy(() -> post(transaction, 1, 700, 2, -699)).hasMessageContaining("do not sum to zero");

        assertThat(books.number("SELECT count(*) FROM posting WHERE transaction_id = ?", transaction))
                .isZero();
    }

    @Test
    void what_is_added_to_a_balanced_transaction_has_to_be_balanced_too() {
        var transaction = UUID.randomUUID();
        head(transaction);
        post(transaction, 1, 700, 2, -700);

        assertThatThrownBy(() -> post(transaction, 3, 5, 4, 5)).hasMessageContaining("do not sum to zero");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE posting SET fen = fen * 2",
                "DELETE FROM posting",
                "TRUNCATE posting",
                "UPDATE ledger_transaction SET posted_at = now()",
                "DELETE FROM ledger_transaction",
                "TRUNCATE ledger_transaction CASCADE"
            })
    void what_was_posted_stays_even_for_the_owner_of_the_database(String sql) {
        books.pay(Books.Order.next(), 700, new Means.Prepaid(UUID.randomUUID()));

        assertThatThrownBy(() -> service.jdbc().sql(sql).update()).hasMessageContaining("only ever added to");
    }

    @Test
    void an_unbalanced_transaction_does_not_even_come_into_being() {
        var posting = new Posting(Account.household(UUID.randomUUID()), null, 1);

        assertThatThrownBy(() -> new Transaction(
                        books.community(), "k", Occasion.PAID, UUID.randomUUID(), NOW, List.of(posting)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_is_posted_once_and_again_in_another_community() {
        var elsewhere = new Books(service);

        for (var where : List.of(books, books, elsewhere)) {
            where.in(() ->
                    service.bean(Ledger.class).post(List.of(transaction(where, "same"), transaction(where, "x"))));
        }

        assertThat(books.number("SELECT count(*) FROM posting WHERE community_id = ?", books.community()))
                .isEqualTo(4);
        assertThat(books.number("SELECT count(*) FROM posting WHERE community_id = ?", elsewhere.community()))
                .isEqualTo(4);
    }

    @Test
    void nobody_posts_for_another_community() {
        var elsewhere = new Books(service);

        assertThatThrownBy(() -> books.in(() -> service.bean(Ledger.class).post(List.of(transaction(elsewhere, "k")))))
                .isInstanceOf(Exception.class);
    }

    private static Transaction transaction(Books books, String key) {
        var postings = List.of(
                new Posting(Account.fund(books.community()), null, 5),
                new Posting(Account.clearing(books.community()), null, -5));
        return new Transaction(books.community(), key, Occasion.PAID, books.groupBuy(), NOW, postings);
    }

    private void head(UUID transaction) {
        service.jdbc()
                .sql("INSERT INTO ledger_transaction VALUES (?, ?, ?, 'paid', ?, now())")
                .params(transaction, books.community(), transaction.toString(), books.groupBuy())
                .update();
    }

    private void post(UUID transaction, int first, long fen, int second, long other) {
        service.jdbc()
                .sql("""
                        INSERT INTO posting (community_id, transaction_id, position, account, owner_id, fen)
                        VALUES (:community, :id, :first, 'household', :community, :fen),
                               (:community, :id, :second, 'clearing', :community, :other)""")
                .param("community", books.community())
                .param("id", transaction)
                .param("first", first)
                .param("fen", fen)
                .param("second", second)
                .param("other", other)
                .update();
    }
}
