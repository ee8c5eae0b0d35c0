package io.linli.groupbuy.lifecycle;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.lifecycle.SellItems.Sale;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;

/// What the tables refuse whoever writes to them.
class StockDatabaseTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private Neighbourhood here;
    private UUID groupBuy;
    private UUID cabbage;

    @BeforeEach
    void with_an_order_of_three_of_ten() {
        here = new Neighbourhood(service);
        var created = here.open(1, item("青菜", 10, 5));
        groupBuy = created.id("groupBuyId");
        cabbage = itemOf(created, 0);
        here.place(here.resident(UUID.randomUUID()), groupBuy, line(cabbage, 3));
    }

    @Test
    void more_than_the_stock_is_never_sold() {
        assertThatThrownBy(() -> sell(2, 8)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> update("UPDATE item SET sold = 11 WHERE id = ?", cabbage))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("never_oversold");
        assertThat(sold()).isEqualTo(3);
    }

    @Test
    void a_serial_number_is_never_used_twice_or_skipped() {
        assertThatThrownBy(() -> sell(1, 1)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> sell(3, 1)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(sold()).isEqualTo(3);
    }

    @Test
    void more_than_was_sold_is_never_given_back() {
        assertThatThrownBy(() -> giveBack(4)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> update("UPDATE item SET sold = -1 WHERE id = ?", cabbage))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(sold()).isEqualTo(3);
    }

    @Test
    void a_household_never_holds_more_than_it_may() {
        assertThatThrownBy(() -> update("UPDATE household_take SET taken = 6 WHERE item_id = ?", cabbage))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("never_over_the_limit");
    }

    @Test
    void a_group_buy_is_never_formed_with_too_few() {
        assertThatThrownBy(() -> update(
                        "UPDATE group_buy SET state = 'formed', closed_at = opens_at, participants = 0 WHERE id = ?",
                        groupBuy))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("formed_has_enough");
    }

    private void sell(int serialNumber, int quantity) {
        store(List.of(new Sale(groupBuy, serialNumber - 1, serialNumber)), quantity);
    }

    private void giveBack(int quantity) {
        store(List.of(), -quantity);
    }

    private void store(List<Sale> sales, int quantity) {
        var sellItems = service.bean(SellItems.class);
        service.bean(Transactions.class)
                .in(here.community(), () -> sellItems.store(sales, Map.of(cabbage, quantity)))
                .block(Duration.ofSeconds(10));
    }

    private int sold() {
        return service.jdbc()
                .sql("SELECT sold FROM item WHERE id = ?")
                .param(cabbage)
                .query(Integer.class)
                .single();
    }

    private static void update(String sql, UUID id) {
        service.jdbc().sql(sql).param(id).update();
    }
}
