package io.linli.groupbuy.allocation;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Page;
import io.linli.groupbuy.allocation.Allocate.Close;
import io.linli.groupbuy.allocation.Allocate.Share;
import io.linli.groupbuy.allocation.Allocation.Grant;
import io.linli.groupbuy.allocation.AllocationInput.Change;
import io.linli.groupbuy.allocation.AllocationInput.Claim;
import io.linli.groupbuy.allocation.AllocationInput.Household;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;
import reactor.core.publisher.Mono;

class AllocationsDatabaseTests {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123456Z");

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood here = new Neighbourhood(service);
    private final UUID big = UUID.randomUUID();
    private final UUID small = UUID.randomUUID();
    private UUID groupBuy;
    private UUID greens;
    private UUID eggs;

    @BeforeEach
    void open() {
        var opened = here.open(1, item("青菜", 200, 200), item("鸡蛋", 200, 200));
        groupBuy = opened.id("groupBuyId");
        greens = itemOf(opened, 0);
        eggs = itemOf(opened, 1);
    }

    @Test
    void what_was_decided_is_read_back_and_replays() {
        var made = close(Policy.FIRST_COME, 5, claims(greens, 3, 4), claims(eggs, 1));

        var read = in(() -> service.bean(FindAllocations.class).listNewest(List.of(greens, eggs)));

        assertThat(read).containsExactlyElementsOf(made);
        assertThat(read).allMatch(run -> run.replay().grants().equals(run.grants()));
        assertThat(read.getFirst().grants()).extracting(Grant::granted).containsExactly(3L, 2L);
    }

    @Test
    void a_delivery_is_decided_from_the_claims_of_the_close() {
        close(Policy.FIRST_COME, 7, claims(greens, 3, 4), claims(eggs, 1));

        var first = deliver(Map.of(greens, 5L));
        var second = deliver(Map.of(greens, 6L));

        assertThat(first).singleElement().satisfies(run -> {
            assertThat(run.head().run()).isEqualTo(2);
            assertThat(run.grants()).extracting(Grant::granted).containsExactly(3L, 2L);
        });
        assertThat(second.getFirst().head().run()).isEqualTo(3);
        assertThat(second.getFirst().grants()).extracting(Grant::granted).containsExactly(3L, 3L);
        assertThat(in(() -> service.bean(FindAllocations.class).list(groupBuy, new Page.Request(10, null))))
                .extracting(AllocationRun.Head::run)
                .containsExactlyInAnyOrder(1, 1, 2, 3);
    }

    @Test
    void a_group_buy_is_closed_once() {
        close(Policy.FIRST_COME, 5, claims(greens, 3));

        assertThatThrownBy(() -> close(Policy.FIRST_COME, 4, claims(greens, 3)))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void an_allocation_is_never_changed() {
        close(Policy.FIRST_COME, 5, claims(greens, 3));

        for (var change : List.of("UPDATE allocation SET supply = 9", "DELETE FROM allocation")) {
            assertThatThrownBy(() -> service.jdbc()
                            .sql(change + " WHERE item_id = ?")
                            .param(greens)
                            .update())
                    .hasMessageContaining("an allocation stays as it was made");
        }
    }

    @Test
    void members_and_need_are_those_that_the_registry_told_last() {
        tell(big, 3, 5, 0);
        tell(big, 2, 9, 9);
        tell(small, 1, 1, 2);
        known(big, 5, 0);
        known(small, 1, 2);

        var shared = close(Policy.EQUAL_SHARE, 6, claims(greens, 100, 100));
        var needed = close(Policy.NEED_FIRST, 6, claims(eggs, 4, 4));

        assertThat(shared.getFirst().input().households())
                .containsExactlyInAnyOrder(new Household(big, 5, 0), new Household(small, 1, 2));
        assertThat(shared.getFirst().grants()).extracting(Grant::granted).containsExactly(5L, 1L);
        assertThat(needed.getFirst().grants()).extracting(Grant::granted).containsExactly(2L, 4L);
    }

    @Test
    void arrival_alone_needs_to_know_nothing_of_anybody() {
        tell(big, 1, 5, 3);
        known(big, 5, 3);

        var made = close(Policy.FIRST_COME, 6, claims(greens, 4, 4));

        assertThat(made.getFirst().input().households()).isEmpty();
    }

    private Share claims(UUID item, int... quantities) {
        var claims = new ArrayList<Claim>();
        for (var serial = 1; serial <= quantities.length; serial++) {
            var changes = List.of(new Change(NOW.plusSeconds(serial), quantities[serial - 1]));
            claims.add(new Claim(UUID.randomUUID(), serial == 1 ? big : small, serial, changes));
        }
        return new Share(item, 0, claims);
    }

    private List<AllocationRun> close(Policy policy, long supply, Share... shares) {
        var supplied = List.of(shares).stream()
                .map(share -> new Share(share.item(), supply, share.claims()))
                .toList();
        var close = new Close(here.community(), groupBuy, policy, supplied);
        return keep(allocate -> allocate.atClose(close, NOW));
    }

    private List<AllocationRun> deliver(Map<UUID, Long> supplies) {
        return keep(allocate -> allocate.atDelivery(supplies, NOW));
    }

    private List<AllocationRun> keep(Function<Allocate, Mono<List<AllocationRun>>> decided) {
        var allocate = service.bean(Allocate.class);
        return in(() -> decided.apply(allocate)
                .flatMap(runs -> allocate.keep(here.community(), runs).thenReturn(runs)));
    }

    private <T> T in(Supplier<Mono<T>> work) {
        return service.bean(Transactions.class).in(here.community(), work).block();
    }

    private void tell(UUID household, int version, int members, int need) {
        var told = new HashMap<String, Object>(
                Map.of("householdId", household, "version", version, "members", members, "need", need));
        service.events().publish(here.community(), "household.changed.v1", household, told);
    }

    private void known(UUID household, int members, int need) {
        Await.until(
                Duration.ofSeconds(10),
                () -> in(() -> service.bean(Households.class).find(here.community(), List.of(household))).stream()
                        .anyMatch(known -> Objects.equals(known, new Household(household, members, need))));
    }
}
