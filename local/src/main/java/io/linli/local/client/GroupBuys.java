package io.linli.local.client;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the seed, the demo and the replay ask of group-buy-service.
public final class GroupBuys {

    private final String community;

    public GroupBuys(UUID community) {
        this.community = Registry.path(community);
    }

    public record Supplier(UUID supplierId, String name) {}

    record NewSupplier(String name) {}

    public record NewItem(
            String name, String unit, long weightGrams, long priceFen, int stock, int limitPerHousehold) {}

    public record NewGroupBuy(
            UUID supplierId,
            String title,
            Instant opensAt,
            Instant closesAt,
            int minParticipants,
            List<NewItem> items) {}

    public record Summary(UUID groupBuyId, String title, String state) {}

    public record Item(UUID itemId, String name, long weightGrams, int stock, int sold, int left) {}

    public record Details(UUID groupBuyId, String title, String state, List<Item> items) {
        public Item item(String name) {
            return items.stream()
                    .filter(item -> item.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public record NewLine(UUID itemId, int quantity) {}

    public record NewOrder(List<NewLine> lines, @Nullable Boolean doorstep) {}

    public record Line(UUID itemId, String name, int quantity) {}

    public record Order(
            UUID orderId, UUID householdId, int serialNumber, String state, List<Line> lines, long amountFen) {}

    public record ItemTotals(UUID itemId, String name, int initial, int sold, int left) {}

    public record OrderCounts(int placed, int confirmed, int completed, int cancelled, int failed) {
        public int open() {
            return placed + confirmed;
        }
    }

    public record Totals(int participants, long amountFen, OrderCounts orders, List<ItemTotals> items) {}

    public record Closed(String state) {}

    public Supplier supplier(Person leader, String name, Keys keys) {
        return leader.all(community + "/suppliers", Supplier.class).stream()
                .filter(supplier -> supplier.name().equals(name))
                .findFirst()
                .orElseGet(() -> leader.post(
                        community + "/suppliers", new NewSupplier(name), keys.of("supplier", name), Supplier.class));
    }

    public List<Summary> list(Person member) {
        return member.all(community + "/group-buys", Summary.class);
    }

    public Details get(Person member, UUID groupBuy) {
        return member.get(community + "/group-buys/" + groupBuy, Details.class);
    }

    public Details create(Person leader, NewGroupBuy groupBuy, String key) {
        return leader.post(community + "/group-buys", groupBuy, key, Details.class);
    }

    public Order order(Person resident, UUID groupBuy, NewOrder order, String key) {
        return resident.post(ordersPath(groupBuy), order, key, Order.class);
    }

    public String ordersPath(UUID groupBuy) {
        return community + "/group-buys/" + groupBuy + "/orders";
    }

    public Order cancel(Person resident, UUID order, String key) {
        return resident.post(community + "/orders/" + order + "/cancellation", null, key, Order.class);
    }

    public Order order(Person asking, UUID order) {
        return asking.get(community + "/orders/" + order, Order.class);
    }

    public Closed close(Person leader, UUID groupBuy, String key) {
        return leader.post(community + "/group-buys/" + groupBuy + "/closing", null, key, Closed.class);
    }

    public Totals totals(Person leader, UUID groupBuy) {
        return leader.get(community + "/group-buys/" + groupBuy + "/totals", Totals.class);
    }

    public List<Order> orders(Person leader, UUID groupBuy) {
        return leader.all(community + "/orders?groupBuyId=" + groupBuy, Order.class);
    }
}
